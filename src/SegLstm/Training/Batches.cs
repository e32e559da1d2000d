using SegLstm.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Endless shuffled batches of a dataset, always full. The order of every pass depends on the seed and the pass only, so
/// that batch number b is the same whenever it is asked for.
/// </summary>
/// <param name="data">
/// Yields "image" `(C, h, w)` and "label" `(h, w)`, all of one size; an <see cref="EpochDataset"/> is told the pass.
/// </param>
/// <param name="size">Images in a batch.</param>
/// <param name="seeds">The stream "shuffle" is used.</param>
public sealed class Batches(utils.data.Dataset data, int size, SeedStreams seeds)
{
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>Images in the dataset.</summary>
    public long Count { get; } = data.Count > 0
        ? data.Count
        : throw new ArgumentException(
            "The training set is empty: expected at least 1 image. Look at the split and the tile size.", nameof(data));

    /// <summary>One batch.</summary>
    /// <param name="batch">0-based number of the batch.</param>
    /// <param name="device">Where to put it.</param>
    /// <returns>Images `(N, C, h, w)` and labels `(N, h, w)`, in the current dispose scope.</returns>
    public (Tensor Image, Tensor Label) this[long batch, Device device] => Rows(batch, 0, size, device);

    /// <summary>Some rows of a batch; only their images are drawn.</summary>
    /// <param name="batch">0-based number of the batch.</param>
    /// <param name="first">The first row.</param>
    /// <param name="count">Number of rows, at least 1.</param>
    /// <param name="device">Where to put them.</param>
    /// <returns>Images `(count, C, h, w)` and labels `(count, h, w)`, in the current dispose scope.</returns>
    public (Tensor Image, Tensor Label) Rows(long batch, int first, int count, Device device)
    {
        using var scope = NewDisposeScope();
        var images = new Tensor[count];
        var labels = new Tensor[count];
        for (int i = 0; i < count; i++) (images[i], labels[i]) = Draw(batch * size + first + i);
        return scope.MoveToOuter(stack(images).to(device), stack(labels).to(device));
    }

    private (Tensor Image, Tensor Label) Draw(long position)
    {
        (long epoch, long index) = Math.DivRem(position, Count);
        if (data is EpochDataset passes) passes.Epoch = epoch;
        Dictionary<string, Tensor> item = data.GetTensor(Order(epoch)[index]);
        return (item["image"], item["label"]);
    }

    private int[] Order(long epoch)
    {
        if (epoch != _epoch)
        {
            _order = [.. Enumerable.Range(0, checked((int)Count))];
            seeds.Draw("shuffle", epoch).Shuffle(_order);
            _epoch = epoch;
        }

        return _order;
    }
}
