using SegLstm.Data;
using SegLstm.Data.Pictures;

namespace SegLstm.Pretraining.Views;

/// <summary>Shifts hue, saturation and value of the first three bands, taken for red, green and blue.</summary>
/// <param name="Hue">Steps of 2 degrees; added as bytes that wrap at 256.</param>
/// <param name="Saturation">Added and held within 0 to 255, rounded.</param>
/// <param name="Value">Added and held within 0 to 255, rounded.</param>
internal readonly record struct ColorShift(int Hue, float Saturation, float Value)
{
    internal static ColorShift Draw(Random random, ViewOptions options) => new(
        random.Next(-options.HueShift, options.HueShift + 1), Symmetric(random, options.SaturationShift),
        Symmetric(random, options.ValueShift));

    internal void Apply(ByteImage image)
    {
        Span<byte> red = image.Band(0), green = image.Band(1), blue = image.Band(2);
        for (int i = 0; i < red.Length; i++)
        {
            Rgb shifted = Of(new Rgb(red[i], green[i], blue[i]));
            (red[i], green[i], blue[i]) = (shifted.R, shifted.G, shifted.B);
        }
    }

    internal Rgb Of(Rgb color)
    {
        var (h, s, v) = Hsv.Of(color);
        return Hsv.ToRgb(unchecked((byte)(h + Hue)), Held(s + Saturation), Held(v + Value));
    }

    private static float Symmetric(Random random, double reach) => (float)(reach * (2 * random.NextDouble() - 1));

    private static byte Held(float value) => (byte)Math.Clamp(MathF.Round(value), 0, 255);
}
