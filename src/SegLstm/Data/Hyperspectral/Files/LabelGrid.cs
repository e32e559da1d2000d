using SegLstm.Data.Arrays;
using SegLstm.Data.Rasters;

namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>
/// Labels as a file has them, and what they are on the grid of an image: the same grid, one that is finer by a whole number, or
/// another part of the map.
/// </summary>
internal sealed record LabelGrid(string Source, int Height, int Width, byte[] Classes, GeoTransform? GeoTransform)
{
    private const double SamePlace = 1e-3;

    /// <summary>Reads a file of labels. Negative numbers mean none, as 0 does.</summary>
    /// <exception cref="InvalidDataException">The numbers are no classes.</exception>
    internal static LabelGrid Read(string path, string? variable)
    {
        if (ArrayFile.IsOne(path))
        {
            using var file = ArrayFile.Open(path);
            return Read(file, file.Find(rank: 2, variable));
        }

        using var raster = Raster.Open(path);
        if (raster.Bands != 1)
            throw new InvalidDataException($"'{path}' has {raster.Bands} bands; labels are one band of class numbers.");
        return Of(path, raster.Height, raster.Width, raster.ReadArray<double>(), raster.GeoTransform);
    }

    /// <summary>The labels that lie in the file of the samples, or null where none fits them.</summary>
    internal static LabelGrid? Beside(ArrayFile file, HyperspectralReading reading)
    {
        if (reading.LabelVariable is { } name) return Read(file, file.Find(rank: 2, name));
        var cubes = file.Entries.Where(entry => entry.IsNumeric && entry.Shape.Count == 3);
        ArrayEntry[] fitting = [.. file.Entries.Where(entry => entry.IsNumeric && entry.Shape.Count == 2
            && entry.Shape.All(size => size > 1)
            && cubes.Any(cube => IsFiner(entry.Shape, cube.Shape[0], cube.Shape[1])
                || IsFiner(entry.Shape, cube.Shape[1], cube.Shape[2])))];
        return fitting switch
        {
            [] => null,
            [var only] => Read(file, only),
            _ => throw ArrayFileException.Ambiguous(
                $"'{file.Path}' has several arrays that could be labels, {string.Join<ArrayEntry>(", ", fitting)}: name one."),
        };
    }

    /// <summary>Whether the labels are as large as an image, or larger by a whole number.</summary>
    internal bool CanLieOn(int height, int width) => IsFiner([Height, Width], height, width);

    /// <summary>
    /// The labels on an image's grid. Of a finer grid a pixel gets the most frequent class of its cell, the lowest of equals, where at
    /// least half of the cell is labelled.
    /// </summary>
    /// <exception cref="InvalidDataException">They do not fit.</exception>
    internal byte[] On(int height, int width, GeoTransform? image)
    {
        if (image is { } wanted && GeoTransform is { } own && Place(wanted, own) is var (scale, left, top)
            && (scale > 1 || (Height, Width) != (height, width)))
            return Cells(height, width, scale, left, top);
        if (!CanLieOn(height, width))
        {
            throw new InvalidDataException(
                $"The labels of '{Source}' are {Height}x{Width}, the image is {height}x{width}: neither equal nor finer by a whole number. "
                + "Are they of another scene, or transposed?");
        }

        return Cells(height, width, Height / height, 0, 0);
    }

    private static bool IsFiner(IReadOnlyList<int> shape, int height, int width) =>
        shape[0] % height == 0 && shape[1] % width == 0 && shape[0] / height == shape[1] / width;

    private static LabelGrid Read(ArrayFile file, ArrayEntry entry) =>
        Of($"{file.Path}, {entry.Name}", entry.Shape[0], entry.Shape[1], file.Read<double>(entry), null);

    private static LabelGrid Of(string source, int height, int width, double[] values, GeoTransform? transform)
    {
        byte[] classes = new byte[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            double value = values[i];
            if (!(value <= 255) || value != Math.Round(value))
            {
                throw new InvalidDataException(
                    $"'{source}' holds {value} at row {i / width}, column {i % width}: labels are whole numbers, 0 for none, to 255. Is it a label file?");
            }

            classes[i] = (byte)Math.Max(0, value);
        }

        return new LabelGrid(source, height, width, classes, transform);
    }

    /// <summary>How many labels go on a pixel's side, and the label at the image's corner; null where the grids do not meet.</summary>
    private static (int Scale, int Left, int Top)? Place(GeoTransform image, GeoTransform own)
    {
        if (image.RowRotation != 0 || image.ColumnRotation != 0 || own.RowRotation != 0 || own.ColumnRotation != 0) return null;
        double scale = image.PixelWidth / own.PixelWidth, left = (image.OriginX - own.OriginX) / own.PixelWidth,
            top = (image.OriginY - own.OriginY) / own.PixelHeight;
        bool isWhole = new[] { scale, left, top }.All(
            number => Math.Abs(number - Math.Round(number)) < 0.25 && Math.Abs(number) < int.MaxValue);
        return isWhole && Math.Round(scale) >= 1 && Math.Abs((image.PixelHeight / own.PixelHeight) - scale) < SamePlace
            ? ((int)Math.Round(scale), (int)Math.Round(left), (int)Math.Round(top)) : null;
    }

    private byte[] Cells(int height, int width, int scale, int left, int top)
    {
        byte[] labels = new byte[height * width];
        Span<int> counts = stackalloc int[256];
        for (int pixel = 0; pixel < labels.Length; pixel++)
        {
            counts.Clear();
            for (int cell = 0; cell < scale * scale; cell++)
            {
                long row = top + ((long)(pixel / width) * scale) + (cell / scale),
                    column = left + ((long)(pixel % width) * scale) + (cell % scale);
                if (row >= 0 && row < Height && column >= 0 && column < Width) counts[Classes[(row * Width) + column]]++;
            }

            int labelled = 0, best = 0;
            for (int label = 1; label < counts.Length; label++)
            {
                labelled += counts[label];
                if (counts[label] > (best == 0 ? 0 : counts[best])) best = label;
            }

            labels[pixel] = 2 * labelled >= scale * scale ? (byte)best : (byte)0;
        }

        return labels;
    }
}
