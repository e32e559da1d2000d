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
    /// <param name="labels">The image's labels, row after row.</param>
    /// <param name="height">Rows of the image.</param>
    /// <param name="width">Columns of the image.</param>
    /// <param name="size">Side of a crop; images that are resized to less give smaller ones.</param>
    /// <param name="options">How images are varied.</param>
    /// <param name="seeds">The streams "resize", "crop" and "flip" are used, so that none of the three moves another.</param>
    /// <param name="epoch">Pass over the data.</param>
    /// <param name="index">Item within it.</param>
    internal static TrainingCrop Draw(
        ReadOnlySpan<byte> labels, int height, int width, int size, AugmentationOptions options, SeedStreams seeds, long epoch, long index)
    {
        double ratio = options.LeastRatio
            + (options.GreatestRatio - options.LeastRatio) * seeds.Draw("resize", epoch, index).NextDouble();
        var (scaledHeight, scaledWidth) = options.Scaled(height, width, ratio);
        Random random = seeds.Draw("crop", epoch, index);
        int[] rows = NearestSources.Of(height, scaledHeight), columns = NearestSources.Of(width, scaledWidth);
        TrainingCrop crop = Place();
        for (int attempt = 0; options.CategoryLimit < 1 && attempt < Tries
            && !IsMixed(labels, width, rows, columns, crop, options.CategoryLimit); attempt++)
            crop = Place();
        return crop with { Flipped = seeds.Draw("flip", epoch, index).NextDouble() < options.Flip };

        TrainingCrop Place()
        {
            int top = random.Next(Math.Max(scaledHeight - size, 0) + 1), left = random.Next(Math.Max(scaledWidth - size, 0) + 1);
            return new TrainingCrop(
                new ResizedSpan(height, scaledHeight, top, Math.Min(size, scaledHeight)),
                new ResizedSpan(width, scaledWidth, left, Math.Min(size, scaledWidth)), false);
        }
    }

    /// <summary>The crop's labels.</summary>
    /// <param name="labels">The image's, row after row.</param>
    internal byte[] Labels(ReadOnlySpan<byte> labels)
    {
        int[] rows = NearestSources.Of(Rows.Length, Rows.Size), columns = NearestSources.Of(Columns.Length, Columns.Size);
        byte[] crop = new byte[Rows.Count * Columns.Count];
        for (int y = 0; y < Rows.Count; y++)
        {
            var line = labels.Slice(rows[Rows.First + y] * Columns.Length, Columns.Length);
            for (int x = 0; x < Columns.Count; x++) crop[y * Columns.Count + To(x)] = line[columns[Columns.First + x]];
        }

        return crop;
    }

    /// <summary>The crop's picture.</summary>
    /// <param name="source">The image's window <see cref="Source"/>.</param>
    internal ByteImage Picture(ByteImage source)
    {
        Window window = Source;
        ByteImage crop = LinearResize.Part(source, window.Y, window.X, Rows, Columns);
        for (int line = 0; Flipped && line < crop.Bands * crop.Height; line++) crop.Samples.AsSpan(line * crop.Width, crop.Width).Reverse();
        return crop;
    }

    private int To(int column) => Flipped ? Columns.Count - 1 - column : column;

    // Whether two classes or more occur, and the largest covers less than the limit of what is labelled.
    private static bool IsMixed(ReadOnlySpan<byte> labels, int width, int[] rows, int[] columns, TrainingCrop crop, double limit)
    {
        Span<int> counts = stackalloc int[256];
        counts.Clear();
        for (int y = 0; y < crop.Rows.Count; y++)
        {
            var line = labels.Slice(rows[crop.Rows.First + y] * width, width);
            for (int x = 0; x < crop.Columns.Count; x++) counts[line[columns[crop.Columns.First + x]]]++;
        }

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
