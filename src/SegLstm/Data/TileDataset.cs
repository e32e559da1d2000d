using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data;

/// <summary>
/// Tiles of one split of a labelled scene: <c>"image"</c> float32 (C, size, size), normalised, and <c>"label"</c> int64
/// (size, size), 255 outside the split, outside the image and where nothing is labelled.
/// </summary>
public sealed class TileDataset : EpochDataset
{
    private readonly TileCutter _cutter;
    private readonly TileOptions _options;

    /// <summary>Prepares the tiles of a split.</summary>
    /// <param name="scene">A labelled scene; it is copied and may be disposed.</param>
    /// <param name="blocks">Who gets which pixel.</param>
    /// <param name="split">The split whose labels are shown.</param>
    /// <param name="options">Size, grid or random crops.</param>
    /// <param name="statistics">What to normalise with; null measures the scene's training split.</param>
    /// <param name="labels">
    /// The part of the split's labels that is shown, the others being ignored; random crops then lie around drawn labels. Null shows
    /// all.
    /// </param>
    /// <exception cref="ArgumentException">No labels, blocks of another size, or a split without labelled pixels.</exception>
    public TileDataset(
        Scene scene, SpatialBlocks blocks, Split split, TileOptions options, BandStatistics? statistics = null, LabelFraction? labels = null)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(blocks);
        ArgumentNullException.ThrowIfNull(options);
        var arrays = SceneArrays.Of(scene);
        Statistics = statistics ?? BandStatistics.Of(arrays, blocks, Split.Train);
        if (labels is not null) arrays = arrays with { Labels = labels.Draw(arrays, blocks, split).Labels };
        _cutter = new TileCutter(arrays, blocks, split, options, Statistics, aroundLabels: labels is not null);
        (_options, Legend, Provenance, Split) = (options, scene.Legend, scene.Provenance, split);
    }

    /// <summary>Number of tiles; of an epoch, where crops are random.</summary>
    public override long Count => _cutter.Count;

    /// <summary>The split whose labels are shown.</summary>
    public Split Split { get; }

    /// <summary>Class names, colours and the ignored label.</summary>
    public ClassLegend Legend { get; }

    /// <summary>What tiles are normalised with.</summary>
    public BandStatistics Statistics { get; }

    /// <summary>Where picture and labels are from.</summary>
    public string Provenance { get; }

    /// <summary>One tile.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>New tensors "image" and "label".</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such tile.</exception>
    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        var (image, label) = _cutter.Cut(index, Epoch);
        long size = _options.Size;
        return new Dictionary<string, Tensor>
        {
            ["image"] = tensor(image, [image.Length / (size * size), size, size]),
            ["label"] = tensor(label, [size, size]),
        };
    }
}
