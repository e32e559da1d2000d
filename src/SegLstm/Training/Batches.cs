using System.Diagnostics;
using SegLstm.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>
/// Endless shuffled batches of a dataset, always full. The order of every pass depends on the seed and the pass only, so
/// that batch number b is the same whenever it is asked for, and however many workers make its items ahead.
/// </summary>
public sealed class Batches : IDisposable
{
    // Batches' items beyond the one in use: one is learnt from while the next is made.
    private const int AheadBatches = 2;

    private readonly utils.data.Dataset _data;
    private readonly int _size;
    private readonly SeedStreams _seeds;
    private readonly (int First, int Count) _part;
    private readonly Prefetcher? _prefetcher;
    private readonly Lock _ordering = new();
    private long _epoch = -1;
    private int[] _order = [];

    /// <summary>Prepares batches; workers start at once.</summary>
    /// <param name="data">
    /// Yields "image" `(C, h, w)` and "label" `(h, w)`, all of one size; an <see cref="EpochDataset"/> is told the pass.
    /// </param>
    /// <param name="size">Images in a batch.</param>
    /// <param name="seeds">The stream "shuffle" is used.</param>
    /// <param name="workers">
    /// Threads that make items ahead, where the data is a <see cref="KeyedDataset"/>; 0 makes them when asked for.
    /// </param>
    /// <param name="part">The first row and the number of rows of each batch that workers make; null for all.</param>
    /// <exception cref="ArgumentException">The data is empty.</exception>
    public Batches(utils.data.Dataset data, int size, SeedStreams seeds, int workers = 0, (int First, int Count)? part = null)
    {
        (_data, _size, _seeds, _part) = (data, size, seeds, part ?? (0, size));
        Count = data.Count > 0 ? data.Count : throw new ArgumentException(
            "The training set is empty: expected at least 1 image. Look at the split and the tile size.", nameof(data));
        if (workers > 0 && data is KeyedDataset keyed)
            _prefetcher = new Prefetcher(keyed, made => Key(Position(made)), workers, AheadBatches * _part.Count);
    }

    /// <summary>Images in the dataset.</summary>
    public long Count { get; }

    /// <summary>Time that whoever asked for batches waited for their items.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>One batch.</summary>
    /// <param name="batch">0-based number of the batch.</param>
    /// <param name="device">Where to put it.</param>
    /// <returns>Images `(N, C, h, w)` and labels `(N, h, w)`, in the current dispose scope.</returns>
    public (Tensor Image, Tensor Label) this[long batch, Device device] => Rows(batch, 0, _size, device);

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
        long start = Stopwatch.GetTimestamp();
        // Workers have the rows of the part alone.
        bool isMade = _prefetcher is not null && (first, count) == _part;
        for (int i = 0; i < count; i++)
        {
            (images[i], labels[i]) = isMade ? Take((batch * count) + i, scope) : Draw((batch * _size) + first + i);
        }

        Waited += Stopwatch.GetElapsedTime(start);
        return scope.MoveToOuter(stack(images).to(device), stack(labels).to(device));
    }

    /// <summary>Ends the workers.</summary>
    public void Dispose() => _prefetcher?.Dispose();

    private (Tensor Image, Tensor Label) Take(long made, DisposeScope scope)
    {
        Dictionary<string, Tensor> item = _prefetcher!.Take(made);
        // Made on another thread, they are in no scope of this one.
        foreach (Tensor tensor in item.Values) scope.Attach(tensor);
        return (item["image"], item["label"]);
    }

    private (Tensor Image, Tensor Label) Draw(long position)
    {
        (long epoch, long index) = Key(position);
        if (_data is EpochDataset passes) passes.Epoch = epoch;
        Dictionary<string, Tensor> item = _data.GetTensor(index);
        return (item["image"], item["label"]);
    }

    // Where among all rows the one is that workers make as so manieth.
    private long Position(long made) => (made / _part.Count * _size) + _part.First + (made % _part.Count);

    private (long Epoch, long Index) Key(long position)
    {
        (long epoch, long place) = Math.DivRem(position, Count);
        // Of workers one at a time asks, but beside them whoever looks at rows of others.
        lock (_ordering)
        {
            if (epoch != _epoch)
            {
                _order = [.. Enumerable.Range(0, checked((int)Count))];
                _seeds.Draw("shuffle", epoch).Shuffle(_order);
                _epoch = epoch;
            }

            return (epoch, _order[place]);
        }
    }
}
