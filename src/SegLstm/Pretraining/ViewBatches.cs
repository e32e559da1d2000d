using SegLstm.Data;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining;

/// <summary>Shuffled, full batches of views; what is left at the end of an epoch is left out. The order of an epoch depends on
/// the seed and the epoch only.</summary>
internal sealed class ViewBatches
{
    private const string First = "first", Second = "second", FirstIndex = "first_index", SecondIndex = "second_index";

    private readonly utils.data.Dataset data;
    private readonly int size;
    private readonly bool needsIndices;
    private readonly SeedStreams seeds;
    private long epochOfOrder = -1;
    private int[] order = [];

    /// <summary>Takes a data set.</summary>
    /// <param name="data">What <see cref="Pretrainer.Fit"/> takes.</param>
    /// <param name="size">Tiles in a batch.</param>
    /// <param name="needsIndices">Whether the method asks for index maps.</param>
    /// <param name="seeds">The stream "shuffle" is used.</param>
    /// <exception cref="ArgumentException">There are fewer tiles than a batch has.</exception>
    public ViewBatches(utils.data.Dataset data, int size, bool needsIndices, SeedStreams seeds)
    {
        (this.data, this.size, this.needsIndices, this.seeds) = (data, size, needsIndices, seeds);
        PerEpoch = checked((int)(data.Count / size));
        if (PerEpoch == 0)
        {
            throw new ArgumentException(
                $"The data set has {data.Count} tiles, fewer than a batch of {size}, and partial batches are left out: give more "
                + "tiles, or a smaller BatchSize.", nameof(data));
        }
    }

    /// <summary>Batches in an epoch.</summary>
    public int PerEpoch { get; }

    /// <summary>One batch, in the current dispose scope.</summary>
    /// <param name="epoch">0-based epoch.</param>
    /// <param name="index">0-based batch in it.</param>
    /// <param name="seed">Of what the method draws.</param>
    /// <param name="device">Where to put it.</param>
    /// <exception cref="InvalidDataException">An item lacks a tensor that the method needs.</exception>
    public ViewBatch Take(long epoch, int index, long seed, Device device)
    {
        using var scope = NewDisposeScope();
        if (data is EpochDataset passes)
        {
            passes.Epoch = epoch;
        }

        var tiles = Order(epoch).AsSpan(index * size, size).ToArray();
        var items = tiles.Select(tile => data.GetTensor(tile)).ToArray();
        Tensor Stack(string key) =>
            scope.MoveToOuter(stack([.. items.Select((item, i) => Need(item, key, tiles[i]))]).to(device));
        var batch = new ViewBatch(Stack(First), Stack(Second), seed);
        return needsIndices ? batch with { FirstIndex = Stack(FirstIndex), SecondIndex = Stack(SecondIndex) } : batch;
    }

    private static Tensor Need(Dictionary<string, Tensor> item, string key, int tile) => item.TryGetValue(key, out var value)
        ? value
        : throw new InvalidDataException(
            $"Tile {tile} of the data set has no \"{key}\"; it has {string.Join(", ", item.Keys.Select(name => $"\"{name}\""))}. "
            + $"Expected \"{First}\" and \"{Second}\", and for GLCNet's local regions \"{FirstIndex}\" and \"{SecondIndex}\".");

    private int[] Order(long epoch)
    {
        if (epoch != epochOfOrder)
        {
            order = [.. Enumerable.Range(0, checked((int)data.Count))];
            seeds.Draw("shuffle", epoch).Shuffle(order);
            epochOfOrder = epoch;
        }

        return order;
    }
}
