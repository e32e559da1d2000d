namespace SegLstm.Data.Synthetic;

/// <summary>
/// Aerial scenes that no camera took, with LoveDA's seven classes and the shift between its two domains. Labels are exact; the same
/// arguments give the same scene.
/// </summary>
public static class SyntheticScene
{
    /// <summary>LoveDA's classes in training order, with its official colours.</summary>
    public static ClassLegend Legend { get; } = new(
        ("background", Rgb.FromHex(0xFFFFFF)), ("building", Rgb.FromHex(0xFF0000)), ("road", Rgb.FromHex(0xFFFF00)),
        ("water", Rgb.FromHex(0x0000FF)), ("barren", Rgb.FromHex(0x9F81B7)), ("forest", Rgb.FromHex(0x00FF00)),
        ("agriculture", Rgb.FromHex(0xFFC380)));

    /// <summary>Makes a scene, three bands of 0 to 255.</summary>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="domain">Town or country.</param>
    /// <param name="seed">Another seed makes another place.</param>
    /// <exception cref="ArgumentOutOfRangeException">A side below 1 or above 16,384 pixels.</exception>
    public static Scene Generate(int height, int width, SceneDomain domain, long seed) => Make(height, width, domain, seed).ToScene();

    internal static SceneArrays Make(int height, int width, SceneDomain domain, long seed)
    {
        foreach (int side in new[] { height, width })
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(side, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(side, 16_384);
        }

        var layout = new AerialLayout(height, width, domain, seed);
        return new SceneArrays
        {
            Name = $"synthetic-{domain.ToString().ToLowerInvariant()}",
            Height = height,
            Width = width,
            Image = new AerialPainter(layout, domain, seed).Paint(),
            BandNames = ["red", "green", "blue"],
            Labels = layout.Class,
            Legend = Legend,
            Provenance = $"Made by a program ({domain}, seed {seed}, {height}x{width}); classes and colours of LoveDA (Wang et al. 2021).",
        };
    }
}
