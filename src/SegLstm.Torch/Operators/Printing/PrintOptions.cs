namespace TorchSharp;

/// <summary>Options of printed tensors, with PyTorch's defaults.</summary>
internal sealed record PrintOptions
{
    internal TensorStringStyle Style { get; init; } = TensorStringStyle.Default;

    internal int Precision { get; init; } = 4;

    internal int LineWidth { get; init; } = 80;

    internal string NewLine { get; init; } = "\n";

    /// <summary>Powers of ten always, never, or (null) where the numbers ask for them.</summary>
    internal bool? Scientific { get; init; }

    /// <summary>A .NET number format for the styles that are not PyTorch's.</summary>
    internal string? FloatFormat { get; init; }

    internal int MaxRows { get; init; } = 6;

    internal int MaxColumns { get; init; } = 6;

    /// <summary>Above so many elements, only the ends of long dimensions are printed.</summary>
    internal int Threshold { get; init; } = 1000;
}
