namespace SegLstm.Workbook.Plotly;

/// <summary>One axis of a panel.</summary>
/// <param name="Title">The quantity.</param>
/// <param name="Unit">Its unit, empty for a pure number.</param>
internal sealed record Axis(string Title, string Unit)
{
    internal AxisScale Scale { get; init; }

    internal (double Low, double High)? Range { get; init; }

    /// <summary>The title as it is drawn.</summary>
    internal string Label => Unit.Length == 0 ? Title : $"{Title} ({Unit})";

    internal static Axis Of(string title, string unit, AxisScale scale, double? low, double? high)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(title);
        ArgumentNullException.ThrowIfNull(unit);
        return new Axis(title, unit) { Scale = scale, Range = Limits(low, high, scale == AxisScale.Log, title) };
    }

    /// <summary>Two limits as a range, or none as null.</summary>
    /// <exception cref="ArgumentException">Only one limit, or no range.</exception>
    internal static (double Low, double High)? Limits(double? low, double? high, bool positive, string title)
    {
        if (low is null && high is null) return null;
        if (low is { } from && high is { } to && double.IsFinite(from) && double.IsFinite(to) && from < to
            && (!positive || from > 0))
            return (from, to);
        throw new ArgumentException(
            $"Limits {low?.ToString() ?? "none"} to {high?.ToString() ?? "none"} of '{title}': expected two finite numbers, the lesser first"
            + (positive ? ", both positive on a logarithmic axis." : "."));
    }
}
