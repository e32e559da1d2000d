using SegLstm.Data.Classification;
using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;
using SegLstm.Training;

namespace SegLstm.Data.Augmentation;

/// <summary>
/// How training pictures of a classification are varied, in this order: a part of random size and shape becomes the square, left and
/// right change places, one of grey, solarised and blurred, colour jitter. The defaults are ViL's on ImageNet (DeiT III's but for the
/// crop).
/// </summary>
public sealed record ImageAugmentation
{
    private const int Tries = 10;

    private static readonly int[] Display = [0, 1, 2];

    /// <summary>The least share of a picture's area that a crop has; up to the whole picture, drawn evenly.</summary>
    public double LeastArea { get; init; } = 0.08;

    /// <summary>
    /// How much wider than high a crop may be, and how much higher than wide, drawn evenly in the logarithm. ViL's recipe does not say:
    /// torchvision's 4/3.
    /// </summary>
    public double GreatestAspect { get; init; } = 4.0 / 3;

    /// <summary>How often left and right change places, 0 to 1.</summary>
    public double Flip { get; init; } = 0.5;

    /// <summary>Whether one of grey, solarised and blurred is done.</summary>
    public bool ThreeAugment { get; init; } = true;

    /// <summary>Colour jitter; null for none.</summary>
    public ColorJitter? Jitter { get; init; } = new() { Brightness = 0.3, Contrast = 0.3, Saturation = 0.3 };

    /// <summary>Everything that is wrong with these options, all at once; empty when they can be used.</summary>
    public IEnumerable<string> Validate()
    {
        if (LeastArea is not (> 0 and <= 1)) yield return $"LeastArea is {LeastArea}: expected above 0 up to 1.";
        if (GreatestAspect is not (>= 1 and <= 100)) yield return $"GreatestAspect is {GreatestAspect}: expected 1 to 100.";
        if (Flip is not (>= 0 and <= 1)) yield return $"Flip is {Flip}: expected 0 to 1.";
        foreach (string fault in Jitter?.Validate() ?? []) yield return $"Jitter.{fault}";
    }

    /// <summary>Reads a picture, varied. It depends on the seeds, the pass, the index and the file only.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">Side of the square.</param>
    /// <param name="seeds">The streams "resized crop", "flip", "three" and "jitter" are used, so that none moves another.</param>
    /// <param name="epoch">Pass over the data.</param>
    /// <param name="index">Item within it.</param>
    internal ByteImage Read(string path, int size, SeedStreams seeds, long epoch, long index)
    {
        ByteImage picture = BicubicResize.Of(
            PictureFile.Read(path, (height, width) => Crop(height, width, seeds.Draw("resized crop", epoch, index))), size, size);
        if (seeds.Draw("flip", epoch, index).NextDouble() < Flip)
        {
            for (int line = 0; line < picture.Bands * size; line++) picture.Samples.AsSpan(line * size, size).Reverse();
        }

        if (ThreeAugment) Augmentation.ThreeAugment.Apply(picture, seeds.Draw("three", epoch, index));
        Jitter?.Apply(picture, Display, seeds.Draw("jitter", epoch, index));
        return picture;
    }

    /// <summary>
    /// The part of a picture that a crop is made of. Shapes that do not fit in ten tries give way to the largest middle part whose shape
    /// is allowed (torchvision's RandomResizedCrop).
    /// </summary>
    internal Window Crop(int height, int width, Random random)
    {
        double reach = Math.Log(GreatestAspect);
        for (int attempt = 0; attempt < Tries; attempt++)
        {
            double area = (double)height * width * (LeastArea + (1 - LeastArea) * random.NextDouble());
            double aspect = Math.Exp(reach * (2 * random.NextDouble() - 1));
            int columns = (int)Math.Round(Math.Sqrt(area * aspect)), rows = (int)Math.Round(Math.Sqrt(area / aspect));
            if (columns < 1 || rows < 1 || columns > width || rows > height) continue;
            return new Window(random.Next(width - columns + 1), random.Next(height - rows + 1), columns, rows);
        }

        double shape = Math.Clamp((double)width / height, 1 / GreatestAspect, GreatestAspect);
        int most = Math.Min(width, (int)Math.Round(height * shape)), high = Math.Min(height, (int)Math.Round(width / shape));
        (most, high) = (Math.Max(1, most), Math.Max(1, high));
        return new Window((width - most) / 2, (height - high) / 2, most, high);
    }
}
