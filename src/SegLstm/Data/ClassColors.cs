namespace SegLstm.Data;

/// <summary>Colours for classes that nobody chose any for.</summary>
public static class ClassColors
{
    // Okabe and Ito's colours, which colour-blind readers tell apart; then the same, darker. No grey: maps show by it what has no class.
    private static readonly int[] Told =
        [0x0072B2, 0x009E73, 0xF0E442, 0xD55E00, 0x56B4E9, 0xCC79A7, 0xE69F00, 0x000000, 0x003F63, 0x005740, 0x857E20, 0x773500];

    /// <summary>The colour of a class.</summary>
    /// <param name="index">Its place in the list, from 0. Beyond the twelfth come hues a golden angle apart, in three brightnesses: all
    /// eyes may not tell them from each other.</param>
    public static Rgb Of(int index) => index < Told.Length ? Rgb.FromHex(Told[index]) : Hue(index - Told.Length);

    /// <summary>A legend of names in label order.</summary>
    internal static ClassLegend Legend(IEnumerable<string> names) => new([.. names.Select((name, i) => (name, Of(i)))]);

    /// <summary>A legend of so many classes without names, which count from 1.</summary>
    internal static ClassLegend Numbered(int classes) => Legend(Enumerable.Range(1, classes).Select(label => $"class {label}"));

    private static Rgb Hue(int index)
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
