using SegLstm.Data;

namespace SegLstm.Data.Pictures;

/// <summary>
/// Hue, saturation and value of 8 bits as OpenCV has them: a hue is 0 to 179 in steps of 2 degrees, the others are 0 to 255.
/// </summary>
/// <remarks>
/// To HSV all 2^24 colours are as OpenCV 4.13 makes them. Back to RGB its scalar code rounds, as here, while its vector code cuts
/// fractions off, so that most pixels of its pictures are a level darker in some channel.
/// </remarks>
internal static class Hsv
{
    private const int Bits = 12, HueRange = 180, Half = 1 << (Bits - 1);

    // Reciprocals in fixed point, which OpenCV divides by.
    private static readonly int[] Saturations = Reciprocals(255.0), Hues = Reciprocals(HueRange / 6.0);

    // Which of value, low, falling and rising shade red, green and blue are in each sixth of the circle.
    private static readonly (int R, int G, int B)[] Sectors = [(0, 3, 1), (2, 0, 1), (1, 0, 3), (1, 2, 0), (3, 1, 0), (0, 1, 2)];

    internal static (byte H, byte S, byte V) Of(Rgb color)
    {
        int r = color.R, g = color.G, b = color.B;
        int value = Math.Max(r, Math.Max(g, b)), spread = value - Math.Min(r, Math.Min(g, b));
        int saturation = (spread * Saturations[value] + Half) >> Bits;
        int sixths = value == r ? g - b : value == g ? b - r + 2 * spread : r - g + 4 * spread;
        int hue = (sixths * Hues[spread] + Half) >> Bits;
        return ((byte)(hue < 0 ? hue + HueRange : hue), (byte)saturation, (byte)value);
    }

    /// <summary>The colour; a hue from 180 on goes round the circle again.</summary>
    internal static Rgb ToRgb(byte hue, byte saturation, byte value)
    {
        float s = saturation * (1f / 255), v = value * (1f / 255);
        if (saturation == 0) return new Rgb(value, value, value);
        float h = hue * (6f / HueRange);
        if (h >= 6) h -= 6;
        int sector = (int)h;
        h -= sector;
        ReadOnlySpan<float> shades = [v, v * (1 - s), v * (1 - s * h), v * (1 - s * (1 - h))];
        var (r, g, b) = Sectors[sector];
        return new Rgb(Byte(shades[r]), Byte(shades[g]), Byte(shades[b]));
    }

    private static byte Byte(float share) => (byte)Math.Clamp(MathF.Round(share * 255), 0, 255);

    private static int[] Reciprocals(double of) =>
        [0, .. Enumerable.Range(1, 255).Select(i => (int)Math.Round(of * (1 << Bits) / i))];
}
