namespace TorchSharp;

public static partial class torch
{
    /// <summary>How a quotient is rounded.</summary>
    public enum RoundingMode
    {
        /// <summary>Not at all: true division.</summary>
        None,

        /// <summary>Towards zero, as C's integer division.</summary>
        trunc,

        /// <summary>Downwards, as Python's <c>//</c>.</summary>
        floor,
    }
}
