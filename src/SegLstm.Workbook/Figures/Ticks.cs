using System.Globalization;

namespace SegLstm.Workbook.Figures;

/// <summary>Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten that enclose the data.</summary>
public sealed class Ticks
{
    private readonly int _decimals;

    private Ticks(double step, long first, long last)
    {
        Step = step;
        // The step's own decimals; more would be noise.
        _decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 15);
        Values = [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Math.Round((first + i) * step, _decimals))];
    }

    /// <summary>The distance of two ticks.</summary>
    public double Step { get; }

    /// <summary>The ticks, rising; the data lie between the first and the last.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>Finds ticks for an axis.</summary>
    /// <param name="least">The least value that must be on the axis.</param>
    /// <param name="greatest">The greatest one.</param>
    /// <param name="about">Intervals wished for; between half and twice as many come out.</param>
    /// <exception cref="ArgumentException">A bound is no finite number, or they are the wrong way round.</exception>
    public static Ticks Around(double least, double greatest, int about = 5)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(about, 1);
        if (!double.IsFinite(least) || !double.IsFinite(greatest) || least > greatest)
            throw new ArgumentException($"An axis from {least} to {greatest}: expected two finite numbers, the lesser first.");
        // An axis of no length still needs a scale: one unit in the first digit of its only value.
        double span = greatest - least;
        double smallest = Math.Max(Math.Abs(least), Math.Abs(greatest)) * 1e-9;
        if (span <= smallest)
            (least, greatest, span) = least == 0 ? (0, 1, 1) : Widened(least);
        double step = RoundUp(span / about);
        long first = (long)Math.Floor(least / step + 1e-9), last = (long)Math.Ceiling(greatest / step - 1e-9);
        return new Ticks(step, first, Math.Max(last, first + 1));
    }

    /// <summary>A tick's text, with as many decimals as the step has and with a thin space between thousands.</summary>
    /// <param name="value">One of <see cref="Values"/>.</param>
    public string Text(double value)
    {
        string text = value.ToString("N" + _decimals, CultureInfo.InvariantCulture).Replace(',', '\u2009');
        return text.StartsWith('-') && text.All(c => c is '-' or '0' or '.') ? text[1..] : text;
    }

    private static (double Least, double Greatest, double Span) Widened(double value)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))));
        return (value - unit / 2, value + unit / 2, unit);
    }

    private static double RoundUp(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        double digit = step / power;
        return power * (digit <= 1 + 1e-9 ? 1 : digit <= 2 + 1e-9 ? 2 : digit <= 5 + 1e-9 ? 5 : 10);
    }
}
