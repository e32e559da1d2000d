using System.Numerics;
using SegLstm.Checkpoints.Pickle;

namespace SegLstm.Checkpoints.Pth;

/// <summary>The storages that a pickle refers to, each once, however often it is referred to.</summary>
/// <param name="budget">Pays for them.</param>
/// <param name="found">Called with each new one.</param>
internal sealed class StorageTable(MemoryBudget budget, Action<TorchStorage>? found = null)
{
    private const int StorageCost = 192;

    private readonly Dictionary<string, TorchStorage> byKey = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, TorchStorage> ByKey => byKey;

    /// <summary>The storage of a persistent id: ('storage', class, key, device, elements), in the older form with a view of
    /// it.</summary>
    /// <exception cref="CheckpointException">It is no such tuple, or contradicts an earlier one.</exception>
    public PickleValue Resolve(PickleValue id)
    {
        if (id is not PickleValue.Tuple { Items: [PickleValue.Text { Value: "storage" }, PickleValue.Word { Type: { } type },
            var name, _,
                PickleValue.Integer { Value: var number }, .. var rest] })
        {
            throw Broken($"refers to {id}, where a storage is expected: ('storage', class, key, device, elements)");
        }

        var key = name switch
        {
            PickleValue.Text text => text.Value,
            PickleValue.Integer digits => digits.ToString(),
            _ => throw Broken($"calls a storage {name}, where text or a number is expected"),
        };
        if (number < 0 || number > long.MaxValue / TensorTypes.SizeOf(type))
        {
            throw Broken($"gives storage '{Printable.Of(key, 40)}' {number} elements");
        }

        var storage = Storage(key, new TorchStorage(key, type, (long)number));
        return rest switch
        {
            [] or [PickleValue.None] => new PickleStorage(storage, 0, storage.Count),
            [PickleValue.Tuple { Items: [_, PickleValue.Integer offset, PickleValue.Integer count] }] =>
                View(storage, offset.Value, count.Value),
            _ => throw Broken($"refers to a part of storage '{Printable.Of(key, 40)}' by {rest[0]}"),
        };
    }

    private TorchStorage Storage(string key, TorchStorage described)
    {
        if (!byKey.TryGetValue(key, out var known))
        {
            budget.Charge(StorageCost);
            found?.Invoke(described);
            byKey.Add(key, known = described);
        }
        else if (known.DType != described.DType || known.Count != described.Count)
        {
            throw Broken($"describes storage '{Printable.Of(key, 40)}' once as {known.Count} elements of "
                + $"{TensorTypes.NameOf(known.DType)}, once as "
                + $"{described.Count} of {TensorTypes.NameOf(described.DType)}");
        }

        return known;
    }

    private static PickleStorage View(TorchStorage storage, BigInteger offset, BigInteger count) =>
        offset >= 0 && count >= 0 && offset + count <= storage.Count ? new PickleStorage(storage, (long)offset, (long)count)
            : throw Broken($"refers to {count} elements from {offset} on of storage '{Printable.Of(storage.Key, 40)}', which "
                + $"has {storage.Count}");

    private static CheckpointException Broken(string what) =>
        new(CheckpointError.BrokenStorage, $"its pickle {what}. The file is damaged.");
}
