using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;
using SegLstm.Training;

namespace SegLstm.Data.Augmentation;

/// <summary>
/// Which part of an image, at which size and which way round, is trained on. It equals resizing the image whole, labels by the
/// nearest pixel, and cropping, but reads no more of the image than the crop needs.
/// </summary>
/// <param name="Rows">Rows of the crop in the resized image.</param>
/// <param name="Columns">Columns of the crop in the resized image.</param>
/// <param name="Flipped">Whether left and right change places.</param>
internal readonly record struct TrainingCrop(ResizedSpan Rows, ResizedSpan Columns, bool Flipped)
{
    private const int Tries = 10;

    /// <summary>The window of the image that the crop is made of.</summary>
    internal Window Source
    {
        get
        {
            var (rows, columns) = (Rows.Sources, Columns.Sources);
            return new Window(columns.First, rows.First, columns.Count, rows.Count);
        }
    }

    /// <summary>Draws a crop. It depends on the seeds, the pass, the index and the labels only.</summary>
    /// <param name="labels">The image's labels, of which only the crops that are tried are read.</param>
    /// <param name="size">Side of a crop; images that are resized to less give smaller ones.</param>
    /// <param name="options">How images are varied.</param>
    /// <param name="seeds">The streams "resize", "crop" and "flip" are used, so that none of the three moves another.</param>
    /// <param name="epoch">Pass over the data.</param>
    /// <param name="index">Item within it.</param>
    internal static TrainingCrop Draw(
        LabelWindows labels, int size, AugmentationOptions options, SeedStreams seeds, long epoch, long index)
    {
        double ratio = options.LeastRatio
            + (options.GreatestRatio - options.LeastRatio) * seeds.Draw("resize", epoch, index).NextDouble();
        var (height, width) = options.Scaled(labels.Height, labels.Width, ratio);
        Random random = seeds.Draw("crop", epoch, index);
        TrainingCrop crop = Place();
        for (int attempt = 0; options.CategoryLimit < 1 && attempt < Tries
            && !IsMixed(crop.Labels(labels), options.CategoryLimit); attempt++)
            crop = Place();
        return crop with { Flipped = seeds.Draw("flip", epoch, index).NextDouble() < options.Flip };

        TrainingCrop Place()
        {
            int top = random.Next(Math.Max(height - size, 0) + 1), left = random.Next(Math.Max(width - size, 0) + 1);
            return new TrainingCrop(
                new ResizedSpan(labels.Height, height, top, Math.Min(size, height)),
                new ResizedSpan(labels.Width, width, left, Math.Min(size, width)), false);
        }
    }

    /// <summary>The crop's labels.</summary>
    /// <param name="labels">The image's.</param>
    internal byte[] Labels(LabelWindows labels) => Turned(labels.At(NearestSources.Of(Rows), NearestSources.Of(Columns)));

    /// <summary>The crop's picture.</summary>
    /// <param name="source">The image's window <see cref="Source"/>.</param>
    internal ByteImage Picture(ByteImage source)
    {
        Window window = Source;
        ByteImage crop = LinearResize.Part(source, window.Y, window.X, Rows, Columns);
        Turned(crop.Samples);
        return crop;
    }

    // Changed in place.
    private byte[] Turned(byte[] lines)
    {
        for (int at = 0; Flipped && at < lines.Length; at += Columns.Count) lines.AsSpan(at, Columns.Count).Reverse();
        return lines;
    }

    // Whether two classes or more occur, and the largest covers less than the limit of what is labelled.
    private static bool IsMixed(byte[] labels, double limit)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        foreach (byte label in labels) counts[label]++;
        (int classes, long total, int most) = (0, 0, 0);
        foreach (int count in counts[..SceneArrays.Ignore])
        {
            classes += count > 0 ? 1 : 0;
            total += count;
            most = Math.Max(most, count);
        }

        return classes > 1 && (double)most / total < limit;
    }
}
