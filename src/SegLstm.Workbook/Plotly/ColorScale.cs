using SegLstm.Data;

namespace SegLstm.Workbook.Plotly;

/// <summary>Colours of a heatmap, from its least to its greatest number, that colour-blind readers tell apart.</summary>
public sealed class ColorScale
{
    private ColorScale(bool diverging, IReadOnlyList<Rgb> stops) => (IsDiverging, Stops) = (diverging, stops);

    /// <summary>Dark blue over grey to yellow, with evenly rising lightness: for amounts.</summary>
    /// <remarks>
    /// Cividis of J. R. Nuñez, C. R. Anderson, R. S. Renslow: Optimizing colormaps with consideration for color vision
    /// deficiency, PLoS ONE 13(7), 2018; ten evenly spaced points of the published table.
    /// </remarks>
    public static ColorScale Sequential { get; } = new(diverging: false, [.. new[]
    {
        0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173, 0x8A8678, 0xA59C74, 0xC3B369, 0xE1CC55, 0xFEE838,
    }.Select(Rgb.FromHex)]);

    /// <summary>Blue over near white to vermilion: for numbers on both sides of zero, which lies in the middle.</summary>
    /// <remarks>
    /// Computed: straight lines in OKLab (B. Ottosson, 2020) from Okabe and Ito's blue to near white and on to their vermilion.
    /// </remarks>
    public static ColorScale Diverging { get; } = new(diverging: true,
        OkLab.Line(4, Rgb.FromHex(0x0072B2), Rgb.FromHex(0xF7F7F7), Rgb.FromHex(0xD55E00)));

    /// <summary>Whether zero lies in the middle.</summary>
    public bool IsDiverging { get; }

    /// <summary>Evenly spaced colours, between which a heatmap interpolates.</summary>
    public IReadOnlyList<Rgb> Stops { get; }
}
