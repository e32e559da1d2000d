using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Benchmarks;

/// <summary>
/// Whole images of a collection, or the patches that they are cut into, for measuring: <c>"image"</c> float32 (C, h, w), normalised, and
/// <c>"label"</c> int64 (h, w). Below and to the right sizes are filled up to multiples of 32, which every backbone takes; what is filled
/// is 0 and ignored.
/// </summary>
internal sealed class CollectionImages : KeyedDataset
{
    private const int Multiple = 32;

    private readonly CollectionReader _reader;
    private readonly IReadOnlyList<(CollectionItem Item, Window? Window)> _patches;

    /// <summary>Lists the images.</summary>
    /// <param name="collection">The data set.</param>
    /// <param name="items">Labelled images of it.</param>
    /// <param name="patch">Side of a patch; 0 for whole images.</param>
    /// <param name="statistics">What to normalise with.</param>
    internal CollectionImages(RasterCollection collection, IReadOnlyList<CollectionItem> items, int patch, BandStatistics statistics)
    {
        _reader = new CollectionReader(collection, statistics);
        _patches = CollectionPatches.Of(_reader, items, patch);
    }

    public override long Count => _patches.Count;

    public override Dictionary<string, Tensor> GetTensor(long epoch, long index)
    {
        var (item, cut) = _patches[checked((int)index)];
        var (height, width) = _reader.Size(item);
        Window patch = cut ?? new Window(0, 0, width, height);
        return _reader.Tile<float>(
            _reader.Samples<float>(item, patch), _reader.Labels(item, patch), patch.Width, Filled(patch.Height), Filled(patch.Width));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _reader.Dispose();
        base.Dispose(disposing);
    }

    private static int Filled(int length) => (length + Multiple - 1) / Multiple * Multiple;
}
