using SegLstm.Data.Pictures;

namespace SegLstm.Data.Augmentation;

/// <summary>
/// Varies brightness by up to 32 levels, contrast and saturation by 0.5 to 1.5 and hue by up to 36 degrees, each every other time;
/// contrast before saturation and hue or after them, at even odds. Results are held within 0 to 255 and cut to whole levels.
/// </summary>
/// <remarks>
/// mmsegmentation's PhotoMetricDistortion. Brightness and contrast change all bands; saturation and hue those that are shown as red,
/// green and blue, which in false colour are other bands, as there. HSV is OpenCV's of 8 bits (<see cref="Hsv"/>).
/// </remarks>
internal static class PhotometricDistortion
{
    private const double Brightness = 32, Least = 0.5, Greatest = 1.5;

    private const int Hue = 18, HueRange = 180;

    /// <summary>Changes an image in place.</summary>
    /// <param name="image">The image.</param>
    /// <param name="display">Its bands that are shown as red, green and blue.</param>
    /// <param name="random">Says how.</param>
    internal static void Apply(ByteImage image, IReadOnlyList<int> display, Random random)
    {
        if (Often(random)) Level(image.Samples, 1, Uniform(random, -Brightness, Brightness));
        bool before = Often(random);
        if (before) Contrast(image, random);
        bool isColored = display.Distinct().Count() == 3;
        if (Often(random))
        {
            float factor = (float)Uniform(random, Least, Greatest);
            if (isColored) Colors(image, display, (h, s, v) => (h, Cut(s * factor), v));
        }

        if (Often(random))
        {
            int shift = random.Next(-Hue, Hue);
            if (isColored) Colors(image, display, (h, s, v) => ((byte)((h + shift + HueRange) % HueRange), s, v));
        }

        if (!before) Contrast(image, random);
    }

    private static void Contrast(ByteImage image, Random random)
    {
        if (Often(random)) Level(image.Samples, Uniform(random, Least, Greatest), 0);
    }

    private static void Level(Span<byte> samples, double factor, double offset)
    {
        Span<byte> table = stackalloc byte[256];
        for (int level = 0; level < 256; level++) table[level] = Cut(level * (float)factor + (float)offset);
        foreach (ref byte sample in samples) sample = table[sample];
    }

    private static void Colors(ByteImage image, IReadOnlyList<int> display, Func<byte, byte, byte, (byte H, byte S, byte V)> change)
    {
        Span<byte> red = image.Band(display[0]), green = image.Band(display[1]), blue = image.Band(display[2]);
        for (int i = 0; i < red.Length; i++)
        {
            var (h, s, v) = Hsv.Of(new Rgb(red[i], green[i], blue[i]));
            (h, s, v) = change(h, s, v);
            Rgb color = Hsv.ToRgb(h, s, v);
            (red[i], green[i], blue[i]) = (color.R, color.G, color.B);
        }
    }

    private static bool Often(Random random) => random.Next(2) == 1;

    private static double Uniform(Random random, double low, double high) => low + (high - low) * random.NextDouble();

    private static byte Cut(float value) => (byte)Math.Clamp(value, 0, 255);
}
