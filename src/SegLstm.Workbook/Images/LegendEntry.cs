using System.Globalization;
using SegLstm.Data;

namespace SegLstm.Workbook.Images;

/// <summary>One line of a map's legend.</summary>
/// <param name="Name">The class.</param>
/// <param name="Color">Its colour on the map.</param>
/// <param name="Tenths">Its share of the map's classified pixels, in tenths of a percent; all entries sum to 1,000.</param>
public sealed record LegendEntry(string Name, Rgb Color, int Tenths)
{
    /// <summary>The share as text, such as "16.4 %".</summary>
    public string Share => (Tenths / 10.0).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>
    /// The legend of a map: every class with its share of the classified pixels. The shares are rounded by largest
    /// remainder, so that what is printed sums to exactly 100.0 %.
    /// </summary>
    /// <param name="map">Classes.</param>
    /// <param name="legend">Names and colours.</param>
    /// <exception cref="ArgumentException">A class that the legend does not have.</exception>
    public static IReadOnlyList<LegendEntry> Of(LabelMap map, ClassLegend legend)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(legend);
        long[] counts = new long[256];
        foreach (byte label in map.Classes) counts[label]++;
        for (int label = legend.Count; label < LabelMap.Ignore; label++)
        {
            if (counts[label] > 0)
                throw new ArgumentException($"The map has class {label}, the legend {legend.Count} classes ({string.Join(", ", legend.Names)}).");
        }

        long total = counts.AsSpan(0, legend.Count).ToArray().Sum();
        int[] tenths = [.. Enumerable.Range(0, legend.Count).Select(i => total == 0 ? 0 : (int)(1000 * counts[i] / total))];
        var byRemainder = Enumerable.Range(0, legend.Count).OrderByDescending(i => total == 0 ? 0 : 1000 * counts[i] % total);
        foreach (int label in byRemainder.Take(total == 0 ? 0 : 1000 - tenths.Sum())) tenths[label]++;
        return [.. tenths.Select((share, i) => new LegendEntry(legend.Names[i], legend.Palette[i], share))];
    }
}
