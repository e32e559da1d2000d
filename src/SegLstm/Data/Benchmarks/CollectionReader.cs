using System.Numerics;
using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Benchmarks;

/// <summary>Reads windows of a collection's images and labels, and makes normalised tensors of them. Safe for concurrent use.</summary>
/// <param name="collection">The data set.</param>
/// <param name="statistics">What to normalise with.</param>
internal sealed class CollectionReader(RasterCollection collection, BandStatistics statistics) : IDisposable
{
    // Files kept open: enough that a collection of small images, once decoded, stays so as far as GDAL's cache reaches.
    private const int OpenFiles = 64;

    private readonly RasterPool _files = new(OpenFiles);

    /// <summary>Refuses what cannot be learnt from or measured on.</summary>
    /// <exception cref="ArgumentException">There are no items, or some have no labels.</exception>
    internal static IReadOnlyList<CollectionItem> Labelled(RasterCollection collection, IReadOnlyList<CollectionItem> items, string what)
    {
        int bare = items.Count(item => item.LabelPath is null);
        return items.Count > 0 && bare == 0 ? items : throw new ArgumentException(
            $"{what} of {collection.Name} has {items.Count} images, {bare} of them without labels: expected some, all with labels. Look at "
            + $"'{collection.Root}' with seglstm data check.");
    }

    /// <summary>Rows and columns of an image, after comparing bands and labels with what the data set declares.</summary>
    internal (int Height, int Width) Size(CollectionItem item) => _files.Read(item.ImagePath, image =>
    {
        collection.CheckImage(image);
        return item.LabelPath is { } path ? _files.Read(path, labels =>
        {
            RasterCollection.CheckLabels(labels, image);
            return (image.Height, image.Width);
        }) : (image.Height, image.Width);
    });

    /// <summary>A window's labels.</summary>
    internal byte[] Labels(CollectionItem item, Window window) =>
        _files.Read(item.LabelPath!, labels => collection.Code.Read(labels, window));

    /// <summary>A window's samples, band after band.</summary>
    /// <typeparam name="T">As <see cref="Raster.Read{T}(Window, Span{T})"/>.</typeparam>
    internal T[] Samples<T>(CollectionItem item, Window window)
        where T : unmanaged => _files.Read(item.ImagePath, image => image.ReadArray<T>(window));

    /// <summary>
    /// "image" and "label" of samples that lie in the upper left of a tile; the rest is 0 after normalisation, and ignored.
    /// </summary>
    /// <param name="samples">bands x h x w, as the file has them.</param>
    /// <param name="labels">h x w.</param>
    /// <param name="width">Columns of both.</param>
    /// <param name="rows">Rows of the tile.</param>
    /// <param name="columns">Columns of the tile.</param>
    internal Dictionary<string, Tensor> Tile<T>(ReadOnlySpan<T> samples, ReadOnlySpan<byte> labels, int width, int rows, int columns)
        where T : unmanaged, INumberBase<T>
    {
        int height = labels.Length / width;
        long[] label = new long[rows * columns];
        Array.Fill(label, SceneArrays.Ignore);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++) label[y * columns + x] = labels[y * width + x];
        }

        return new() { ["image"] = Picture(samples, height, width, rows, columns), ["label"] = tensor(label, [rows, columns]) };
    }

    /// <summary>A window's normalised samples, `(C, h, w)`.</summary>
    internal Tensor Picture(CollectionItem item, Window window) =>
        Picture<float>(Samples<float>(item, window), window.Height, window.Width, window.Height, window.Width);

    private Tensor Picture<T>(ReadOnlySpan<T> samples, int height, int width, int rows, int columns)
        where T : unmanaged, INumberBase<T>
    {
        int bands = statistics.Mean.Count;
        float[] image = new float[bands * rows * columns];
        for (int line = 0; line < bands * height; line++)
        {
            (int band, int y) = Math.DivRem(line, height);
            (float mean, float std) = (statistics.Mean[band], statistics.Std[band]);
            var from = samples.Slice(line * width, width);
            var to = image.AsSpan((band * rows + y) * columns, width);
            for (int x = 0; x < to.Length; x++) to[x] = (float.CreateTruncating(from[x]) - mean) / std;
        }

        return tensor(image, [bands, rows, columns]);
    }

    public void Dispose() => _files.Dispose();
}
