namespace TorchSharp;

/// <summary>How much a convolution pads, by name.</summary>
public enum Padding
{
    /// <summary>Not at all.</summary>
    Valid = 0,

    /// <summary>So much that the output has the input's size; needs stride 1.</summary>
    Same = 1,
}
