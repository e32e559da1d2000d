using SegLstm.Data.Rasters;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Benchmarks;

/// <summary>
/// Tiles of one split of a collection, read from the files as they are asked for: <c>"image"</c> float32 (C, size, size),
/// normalised, and <c>"label"</c> int64 (size, size), 255 where nothing is labelled or beyond the image.
/// </summary>
public sealed class CollectionDataset : EpochDataset
{
    private readonly RasterCollection _collection;
    private readonly IReadOnlyList<CollectionItem> _items;
    private readonly TileOptions _options;
    private readonly SeedStreams _seeds;
    private readonly List<(int Item, Window Window, int FirstRow, int FirstColumn)> _grid = [];

    /// <summary>Lists the tiles of a split.</summary>
    /// <param name="collection">The data set.</param>
    /// <param name="split">A split with labels.</param>
    /// <param name="options">
    /// Size; a grid that shows each pixel once (the last tile of a row or column pulled back to the edge), or random crops an epoch.
    /// </param>
    /// <param name="statistics">What to normalise with, such as <see cref="RasterCollection.Measure"/> gives.</param>
    /// <exception cref="ArgumentException">The split has no images, or an image has no labels.</exception>
    public CollectionDataset(RasterCollection collection, Split split, TileOptions options, BandStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(statistics);
        options.Validate();
        (_collection, _items, _options, Statistics) = (collection, collection.Of(split), options, statistics);
        _seeds = new SeedStreams(options.Seed);
        if (_items.Count == 0 || _items.Any(item => item.LabelPath is null))
        {
            throw new ArgumentException(
                $"The split {split} of {collection.Name} has {_items.Count} images, {_items.Count(i => i.LabelPath is null)} of them without labels.");
        }

        if (options.RandomCrops == 0)
            _grid = [.. Enumerable.Range(0, _items.Count).SelectMany(Grid)];
    }

    /// <summary>Number of tiles; of an epoch, where crops are random.</summary>
    public override long Count => _options.RandomCrops > 0 ? _options.RandomCrops : _grid.Count;

    /// <summary>Class names, colours and the ignored label.</summary>
    public ClassLegend Legend => _collection.Legend;

    /// <summary>What tiles are normalised with.</summary>
    public BandStatistics Statistics { get; }

    /// <summary>One tile.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>New tensors "image" and "label".</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tile.</exception>
    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var random = _options.RandomCrops > 0 ? _seeds.Draw("tiles", Epoch, index) : null;
        var item = _items[random?.Next(_items.Count) ?? _grid[(int)index].Item];
        using var image = _collection.OpenImage(item);
        using var labels = _collection.OpenLabels(item, image)!;
        var (window, firstRow, firstColumn) = random is null
            ? (_grid[(int)index].Window, _grid[(int)index].FirstRow, _grid[(int)index].FirstColumn)
            : (Crop(random, image), 0, 0);
        var orientation = random is null ? default : TileOrientation.Draw(random);
        float[] samples = image.ReadArray<float>(window);
        byte[] classes = _collection.Code.Read(labels, window);

        int size = _options.Size, area = size * size;
        float[] tile = new float[image.Bands * area];
        long[] label = new long[area];
        Array.Fill(label, SceneArrays.Ignore);
        for (int i = 0; i < classes.Length; i++)
        {
            int row = i / window.Width, column = i % window.Width, to = orientation.Place(row, column, size);
            for (int band = 0; band < image.Bands; band++)
                tile[band * area + to] = (samples[band * classes.Length + i] - Statistics.Mean[band]) / Statistics.Std[band];
            if (row >= firstRow && column >= firstColumn)
                label[to] = classes[i];
        }

        return new Dictionary<string, Tensor> { ["image"] = tensor(tile, [image.Bands, size, size]), ["label"] = tensor(label, [size, size]) };
    }

    private IEnumerable<(int Item, Window Window, int FirstRow, int FirstColumn)> Grid(int item)
    {
        int size = _options.Size, height, width;
        using (var image = _collection.OpenImage(_items[item]))
            (height, width) = (image.Height, image.Width);
        for (int row = 0; row < height; row += size)
        {
            for (int column = 0; column < width; column += size)
            {
                int top = Math.Max(0, Math.Min(row, height - size)), left = Math.Max(0, Math.Min(column, width - size));
                yield return (item, new Window(left, top, Math.Min(size, width), Math.Min(size, height)), row - top, column - left);
            }
        }
    }

    private Window Crop(Random random, Raster image)
    {
        int width = Math.Min(_options.Size, image.Width), height = Math.Min(_options.Size, image.Height);
        return new Window(random.Next(image.Width - width + 1), random.Next(image.Height - height + 1), width, height);
    }
}
