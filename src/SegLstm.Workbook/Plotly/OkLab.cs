using SegLstm.Data;

namespace SegLstm.Workbook.Plotly;

/// <summary>The colour space in which equal steps look about equal.</summary>
/// <remarks>B. Ottosson: A perceptual color space for image processing (2020); its published matrices.</remarks>
internal static class OkLab
{
    /// <summary>Colours on the straight lines between given ones.</summary>
    /// <param name="steps">Steps from one given colour to the next.</param>
    /// <param name="corners">At least two colours.</param>
    internal static IReadOnlyList<Rgb> Line(int steps, params Rgb[] corners)
    {
        var points = Array.ConvertAll(corners, From);
        var colors = new List<Rgb> { corners[0] };
        for (int i = 1; i < points.Length; i++)
        {
            for (int step = 1; step < steps; step++) colors.Add(ToRgb(Mix(points[i - 1], points[i], (double)step / steps)));
            colors.Add(corners[i]);
        }

        return colors;
    }

    internal static (double L, double A, double B) From(Rgb color)
    {
        double r = Linear(color.R), g = Linear(color.G), b = Linear(color.B);
        double l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        double m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        double s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return ((0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    internal static Rgb ToRgb((double L, double A, double B) color)
    {
        double l = Cube(color.L + (0.3963377774 * color.A) + (0.2158037573 * color.B));
        double m = Cube(color.L - (0.1055613458 * color.A) - (0.0638541728 * color.B));
        double s = Cube(color.L - (0.0894841775 * color.A) - (1.2914855480 * color.B));
        return new Rgb(Channel((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s)),
            Channel((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s)),
            Channel((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s)));
    }

    private static (double, double, double) Mix((double L, double A, double B) from, (double L, double A, double B) to,
        double part) =>
        (from.L + (part * (to.L - from.L)), from.A + (part * (to.A - from.A)), from.B + (part * (to.B - from.B)));

    private static double Cube(double value) => value * value * value;

    private static double Linear(byte channel)
    {
        double value = channel / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static byte Channel(double linear)
    {
        double value = linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(255 * Math.Clamp(value, 0, 1), MidpointRounding.AwayFromZero);
    }
}
