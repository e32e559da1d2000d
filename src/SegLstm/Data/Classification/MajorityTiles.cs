using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Classification;

/// <summary>
/// Tiles of a scene with one class each: the one that most of a tile's labelled pixels have, the first of several that are level.
/// <c>"image"</c> as the tiles', <c>"label"</c> int64, a scalar; <see cref="Unlabelled"/> where no pixel is labelled.
/// </summary>
/// <param name="tiles">Labelled tiles, disposed with this.</param>
public sealed class MajorityTiles(TileDataset tiles) : EpochDataset
{
    /// <summary>The label of a tile that takes no part.</summary>
    public const int Unlabelled = -1;

    /// <inheritdoc />
    public override long Count => tiles.Count;

    /// <summary>One tile.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>New tensors "image" and "label".</returns>
    public override Dictionary<string, Tensor> GetTensor(long index)
    {
        tiles.Epoch = Epoch;
        Dictionary<string, Tensor> tile = tiles.GetTensor(index);
        using Tensor label = tile["label"];
        return new() { ["image"] = tile["image"], ["label"] = tensor((long)Majority(label.data<long>().ToArray())) };
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) tiles.Dispose();
        base.Dispose(disposing);
    }

    private int Majority(long[] labels)
    {
        int[] counts = new int[tiles.Legend.Count];
        foreach (long label in labels)
        {
            if (label != tiles.Legend.IgnoreIndex) counts[label]++;
        }

        int most = counts.Max();
        return most == 0 ? Unlabelled : Array.IndexOf(counts, most);
    }
}
