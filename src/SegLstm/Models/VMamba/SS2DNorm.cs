namespace SegLstm.Models.VMamba;

/// <summary>What SS2D does to the merged sequences.</summary>
public enum SS2DNorm
{
    /// <summary>Layer norm over the channels: the published choice.</summary>
    LayerNorm,

    /// <summary>Nothing (<c>_onnone</c>).</summary>
    None,

    /// <summary>A depthwise 3×3 convolution (<c>_ondwconv3</c>).</summary>
    DepthwiseConvolution,

    /// <summary>Layer norm, then a depthwise 3×3 convolution (<c>_oncnorm</c>).</summary>
    LayerNormAndConvolution,

    /// <summary>Softmax over the positions (<c>_onsoftmax</c>).</summary>
    Softmax,

    /// <summary>Sigmoid (<c>_onsigmoid</c>).</summary>
    Sigmoid,
}
