using SegLstm.Data.Rasters;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Benchmarks;

/// <summary>
/// Tiles of a collection's images, read from the files as they are asked for: <c>"image"</c> float32 (C, size, size), normalised, and
/// <c>"label"</c> int64 (size, size), 255 where nothing is labelled or beyond the image. For training with the variations of the
/// published recipes see <see cref="CollectionCrops"/>.
/// </summary>
public sealed class CollectionDataset : KeyedDataset
{
    private readonly CollectionReader _reader;
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
        : this(collection, CollectionReader.Labelled(collection, collection.Of(split), $"The split {split}"), options, statistics)
    {
    }

    internal CollectionDataset(RasterCollection collection, IReadOnlyList<CollectionItem> items, TileOptions options,
        BandStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(statistics);
        options.Validate();
        (_reader, _items, _options) = (new CollectionReader(collection, statistics), items, options);
        (Legend, Statistics) = (collection.Legend, statistics);
        _seeds = new SeedStreams(options.Seed);
        if (options.RandomCrops == 0)
            _grid = [.. Enumerable.Range(0, _items.Count).SelectMany(Grid)];
    }

    /// <summary>Number of tiles; of an epoch, where crops are random.</summary>
    public override long Count => _options.RandomCrops > 0 ? _options.RandomCrops : _grid.Count;

    /// <summary>Class names, colours and the ignored label.</summary>
    public ClassLegend Legend { get; }

    /// <summary>What tiles are normalised with.</summary>
    public BandStatistics Statistics { get; }

    /// <summary>One tile.</summary>
    /// <param name="epoch">The pass; of a grid all are alike.</param>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>New tensors "image" and "label".</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tile.</exception>
    public override Dictionary<string, Tensor> GetTensor(long epoch, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int size = _options.Size;
        if (_options.RandomCrops > 0) return Crop(_seeds.Draw("tiles", epoch, index));
        var (item, window, firstRow, firstColumn) = _grid[(int)index];
        byte[] labels = _reader.Labels(_items[item], window);
        for (int i = 0; i < labels.Length; i++)
        {
            // What a neighbour shows too is counted there.
            if (i / window.Width < firstRow || i % window.Width < firstColumn) labels[i] = SceneArrays.Ignore;
        }

        return _reader.Tile<float>(_reader.Samples<float>(_items[item], window), labels, window.Width, size, size);
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }

    private Dictionary<string, Tensor> Crop(Random random)
    {
        CollectionItem item = _items[random.Next(_items.Count)];
        var (height, width) = _reader.Size(item);
        int rows = Math.Min(_options.Size, height), columns = Math.Min(_options.Size, width), size = _options.Size;
        var window = new Window(random.Next(width - columns + 1), random.Next(height - rows + 1), columns, rows);
        var orientation = TileOrientation.Draw(random);
        float[] samples = _reader.Samples<float>(item, window);
        byte[] labels = _reader.Labels(item, window);
        // Turned before it is padded, so that what is beyond the image may lie on any side.
        int bands = samples.Length / labels.Length;
        float[] turned = new float[bands * size * size];
        byte[] shown = new byte[size * size];
        Array.Fill(shown, SceneArrays.Ignore);
        for (int band = 0; band < bands; band++) Array.Fill(turned, Statistics.Mean[band], band * shown.Length, shown.Length);
        for (int i = 0; i < labels.Length; i++)
        {
            int to = orientation.Place(i / columns, i % columns, size);
            shown[to] = labels[i];
            for (int band = 0; band < bands; band++) turned[band * shown.Length + to] = samples[band * labels.Length + i];
        }

        return _reader.Tile<float>(turned, shown, size, size, size);
    }

    private IEnumerable<(int Item, Window Window, int FirstRow, int FirstColumn)> Grid(int item)
    {
        var (height, width) = _reader.Size(_items[item]);
        var windows = new SlidingWindows(width, height, _options.Size, overlap: 0);
        for (int row = 0; row < windows.Rows.Count; row++)
        {
            for (int column = 0; column < windows.Columns.Count; column++)
            {
                int top = windows.Rows[row], left = windows.Columns[column];
                yield return (item, new Window(left, top, Math.Min(_options.Size, width), Math.Min(_options.Size, height)),
                    row * _options.Size - top, column * _options.Size - left);
            }
        }
    }
}
