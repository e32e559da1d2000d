namespace SegLstm.Models.VisionLstm;

/// <summary>The depthwise convolution in front of queries and keys.</summary>
public enum ConvolutionKind
{
    /// <summary>Along the tokens, past only (v1).</summary>
    Causal1d,

    /// <summary>On the token grid (v2).</summary>
    TwoDimensional,
}
