namespace SegLstm.Data.Hyperspectral;

/// <summary>
/// Colours for classes that have no official ones, as none of the usual hyperspectral scenes has: hues a golden angle apart, so that
/// neighbours in the list differ, in three brightnesses.
/// </summary>
internal static class ClassColors
{
    /// <summary>A legend of names in label order.</summary>
    internal static ClassLegend Legend(IEnumerable<string> names) => new([.. names.Select((name, i) => (name, Of(i)))]);

    /// <summary>A legend of so many classes without names.</summary>
    internal static ClassLegend Numbered(int classes) => Legend(Enumerable.Range(1, classes).Select(label => $"class {label}"));

    private static Rgb Of(int index)
    {
        double hue = (index * 137.508 / 60) % 6, value = (index % 3) switch { 0 => 0.9, 1 => 0.65, _ => 1.0 },
            saturation = index % 2 == 0 ? 0.85 : 0.6;
        byte Channel(double offset)
        {
            double k = (offset + hue) % 6;
            return (byte)Math.Round(255 * (value - (value * saturation * Math.Clamp(Math.Min(k, 4 - k), 0, 1))));
        }

        return new Rgb(Channel(5), Channel(3), Channel(1));
    }
}
