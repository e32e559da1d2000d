using SegLstm.Data;
using SegLstm.Pretraining.Probes;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Figures;

/// <summary>A map of features: each item a point, in the colour and the shape of its class.</summary>
public static class ProjectionFigure
{
    /// <summary>Draws a map.</summary>
    /// <param name="projection">Where the items lie, as <see cref="TSne.Fit"/> says.</param>
    /// <param name="labels">The class of each item.</param>
    /// <param name="legend">Names and colours of the classes; those without an item are left out.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="hover">A text for each item, shown when the pointer is over it; null for its number.</param>
    /// <exception cref="ArgumentException">Another number of labels or texts, or a label that the legend does not
    /// have.</exception>
    public static Figure Of(
        Projection projection, IReadOnlyList<int> labels, ClassLegend legend, string title, IReadOnlyList<string>? hover = null)
    {
        ArgumentNullException.ThrowIfNull(projection);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(legend);
        int count = projection.X.Count;
        if (labels.Count != count || (hover is not null && hover.Count != count))
        {
            throw new ArgumentException(
                $"{count} items, {labels.Count} labels and {hover?.Count ?? count} texts: expected as many of each.");
        }

        if (labels.FirstOrDefault(label => label < 0 || label >= legend.Count, -1) is var wrong and not -1)
        {
            throw new ArgumentException(
                $"There is the label {wrong}: the legend has {legend.Count} classes ({string.Join(", ", legend.Names)}).", nameof(labels));
        }

        var figure = new Figure(title).XAxis("first axis of the map", "no unit").YAxis("second axis of the map", "no unit");
        foreach (var items in Enumerable.Range(0, count).GroupBy(i => labels[i]).OrderBy(group => group.Key))
        {
            figure.Scatter(
                Values.Of(items.Select(i => projection.X[i])), Values.Of(items.Select(i => projection.Y[i])),
                $"{legend.Names[items.Key]} ({items.Count()})", size: 8, color: legend.Palette[items.Key].ToString(),
                hover: [.. items.Select(i => hover?[i] ?? $"item {i}")], outlined: true);
        }

        return figure;
    }
}
