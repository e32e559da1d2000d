namespace TorchSharp;

public static partial class torch
{
    /// <summary>How <c>Upsample</c> finds values between pixels.</summary>
    public enum UpsampleMode
    {
        /// <summary>The nearest pixel's, rounding down.</summary>
        Nearest = 0,

        /// <summary>Linear, for <c>(N, C, L)</c>.</summary>
        Linear = 1,

        /// <summary>Bilinear, for <c>(N, C, H, W)</c>.</summary>
        Bilinear = 2,

        /// <summary>Bicubic, for <c>(N, C, H, W)</c>.</summary>
        Bicubic = 3,

        /// <summary>Trilinear, for <c>(N, C, D, H, W)</c>.</summary>
        Trilinear = 4,
    }
}
