namespace SegLstm.Models.VMamba;

/// <summary>How a map becomes one of half the size; numbered as <c>downsample_version</c> in VMamba.</summary>
public enum DownsampleVersion
{
    /// <summary>Swin's patch merging: four pixels beside each other, layer norm, linear (first release). Even sides
    /// only.</summary>
    V1 = 1,

    /// <summary>A 2×2 convolution of stride 2, layer norm; of an odd side the last row or column is not seen.</summary>
    V2,

    /// <summary>A 3×3 convolution of stride 2, layer norm; odd sides round up (second release).</summary>
    V3,
}
