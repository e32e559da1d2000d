namespace TorchSharp;

public static partial class torch
{
    /// <summary>What <c>grid_sample</c> finds outside of the image.</summary>
    public enum GridSamplePaddingMode
    {
        /// <summary>Zeros.</summary>
        Zeros = 0,

        /// <summary>The image mirrored.</summary>
        Reflection = 1,

        /// <summary>The border pixels.</summary>
        Border = 2,
    }
}
