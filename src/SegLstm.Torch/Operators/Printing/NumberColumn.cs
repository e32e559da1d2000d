namespace TorchSharp;

/// <summary>One width and one form for all numbers of a tensor, chosen as PyTorch chooses them.</summary>
internal sealed class NumberColumn
{
    private readonly bool _integers;
    private readonly bool _scientific;
    private readonly int _precision;

    /// <param name="values">The numbers that will be printed.</param>
    /// <param name="options">Precision, and whether powers of ten are forced.</param>
    internal NumberColumn(ReadOnlySpan<double> values, PrintOptions options)
    {
        _precision = options.Precision;
        double smallest = double.PositiveInfinity, largest = 0;
        bool integers = true;
        foreach (double value in values)
        {
            if (!double.IsFinite(value) || value == 0) continue;
            smallest = Math.Min(smallest, Math.Abs(value));
            largest = Math.Max(largest, Math.Abs(value));
            integers &= value == Math.Ceiling(value);
        }
        _integers = integers;
        bool scientific = largest > 0 && (largest / smallest > 1000 || largest > 1e8 || (!integers && smallest < 1e-4));
        _scientific = options.Scientific ?? scientific;

        Width = 1;
        foreach (double value in values)
        {
            // PyTorch measures before a forced form is applied, and leaves zeros and non-finite numbers out.
            if (!double.IsFinite(value) || value == 0) continue;
            string text = scientific ? ExactDecimal.Scientific(value, _precision) : integers ? ExactDecimal.Fixed(value, 0) + "." : ExactDecimal.Fixed(value, _precision);
            Width = Math.Max(Width, text.Length);
        }
    }

    /// <summary>The characters of the widest number.</summary>
    internal int Width { get; }

    internal string Format(double value)
    {
        string text = _scientific ? ExactDecimal.Scientific(value, _precision)
            : _integers ? ExactDecimal.Fixed(value, 0) + (double.IsFinite(value) ? "." : "")
            : ExactDecimal.Fixed(value, _precision);
        return text.PadLeft(Width);
    }
}
