using SegLstm.Data.Pictures;

namespace SegLstm.Data.Augmentation;

/// <summary>
/// How far brightness, contrast, saturation and hue are varied, in any order: the first three by a factor of 1 - x to 1 + x (not below
/// 0), hue by up to x turns of the circle either way. The defaults vary nothing.
/// </summary>
/// <remarks>
/// torchvision's ColorJitter on pictures of bytes: mixing with black, with the mean of the grey picture, with the grey picture.
/// Fractions of a level are cut off after each. Hue moves on OpenCV's circle of 180 steps, where torchvision's has 256.
/// </remarks>
public sealed record ColorJitter
{
    /// <summary>Reach of brightness.</summary>
    public double Brightness { get; init; }

    /// <summary>Reach of contrast.</summary>
    public double Contrast { get; init; }

    /// <summary>Reach of saturation.</summary>
    public double Saturation { get; init; }

    /// <summary>Reach of hue, 0 to 0.5 turns.</summary>
    public double Hue { get; init; }

    /// <summary>Everything that is wrong with these numbers, all at once; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        foreach ((string name, double reach) in new[]
            { (nameof(Brightness), Brightness), (nameof(Contrast), Contrast), (nameof(Saturation), Saturation) })
        {
            if (reach is not (>= 0 and <= 10)) yield return $"{name} is {reach}: expected 0 to 10.";
        }

        if (Hue is not (>= 0 and <= 0.5)) yield return $"Hue is {Hue}: expected 0 to 0.5.";
    }

    /// <summary>Changes a picture of three bands in place.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="display">Its bands that are shown as red, green and blue.</param>
    /// <param name="random">Says how.</param>
    internal void Apply(ByteImage image, IReadOnlyList<int> display, Random random)
    {
        int[] order = [0, 1, 2, 3];
        random.Shuffle(order);
        double brightness = Factor(random, Brightness), contrast = Factor(random, Contrast), saturation = Factor(random, Saturation),
            turn = Hue * (2 * random.NextDouble() - 1);
        foreach (int change in order)
        {
            if (change == 0 && Brightness > 0) Mix(image.Samples, brightness, 0);
            else if (change == 1 && Contrast > 0) Mix(image.Samples, contrast, (byte)Math.Round(Mean(Luma.Of(image, display))));
            else if (change == 2 && Saturation > 0) Saturate(image, display, saturation);
            else if (change == 3 && Hue > 0) Turn(image, display, turn);
        }
    }

    private static double Factor(Random random, double reach)
    {
        double least = Math.Max(0, 1 - reach);
        return least + (1 + reach - least) * random.NextDouble();
    }

    private static void Mix(Span<byte> samples, double factor, byte with)
    {
        Span<byte> table = stackalloc byte[256];
        for (int level = 0; level < 256; level++) table[level] = Cut(with + factor * (level - with));
        foreach (ref byte sample in samples) sample = table[sample];
    }

    private static void Saturate(ByteImage image, IReadOnlyList<int> display, double factor)
    {
        byte[] grey = Luma.Of(image, display);
        foreach (int band in display.Distinct())
        {
            var samples = image.Band(band);
            for (int i = 0; i < samples.Length; i++) samples[i] = Cut(grey[i] + factor * (samples[i] - grey[i]));
        }
    }

    private static void Turn(ByteImage image, IReadOnlyList<int> display, double turns)
    {
        if (display.Distinct().Count() < 3) return;
        const int circle = 180;
        int steps = (int)Math.Round(turns * circle);
        Span<byte> red = image.Band(display[0]), green = image.Band(display[1]), blue = image.Band(display[2]);
        for (int i = 0; i < red.Length; i++)
        {
            var (h, s, v) = Hsv.Of(new Rgb(red[i], green[i], blue[i]));
            Rgb color = Hsv.ToRgb((byte)((h + steps + circle) % circle), s, v);
            (red[i], green[i], blue[i]) = (color.R, color.G, color.B);
        }
    }

    private static double Mean(byte[] samples) => samples.Average(sample => (double)sample);

    private static byte Cut(double value) => (byte)Math.Clamp(value, 0, 255);
}
