namespace TorchSharp;

public static partial class torch
{
    /// <summary>How <c>grid_sample</c> finds values between pixels.</summary>
    public enum GridSampleMode
    {
        /// <summary>The nearest pixel's.</summary>
        Nearest = 0,

        /// <summary>Bilinear.</summary>
        Bilinear = 2,
    }
}
