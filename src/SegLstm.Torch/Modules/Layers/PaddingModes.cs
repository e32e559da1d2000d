namespace TorchSharp;

/// <summary>What stands outside the image.</summary>
public enum PaddingModes
{
    /// <summary>Zeros.</summary>
    Zeros = 0,

    /// <summary>The image mirrored at its border pixels, which are not repeated.</summary>
    Reflect = 1,

    /// <summary>The border pixels, repeated.</summary>
    Replicate = 2,

    /// <summary>The image from its other side.</summary>
    Circular = 3,

    /// <summary>One given value.</summary>
    Constant = 4,
}
