namespace SegLstm.Models.VMamba;

/// <summary>How an image becomes the first map; numbered as <c>patchembed_version</c> in VMamba.</summary>
public enum PatchEmbedVersion
{
    /// <summary>One convolution of patch size and stride, layer norm (first release).</summary>
    V1 = 1,

    /// <summary>Two 3×3 convolutions of stride 2 (for patches of 4) with layer norms, GELU between (second release).</summary>
    V2,
}
