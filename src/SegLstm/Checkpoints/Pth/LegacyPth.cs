using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using SegLstm.Checkpoints.Pickle;

namespace SegLstm.Checkpoints.Pth;

/// <summary>
/// PyTorch's form before 1.6: five pickles (a magic number, a version, facts of the machine, the value, the storages' keys), then
/// for each key the number of elements and the elements.
/// </summary>
/// <remarks>torch/serialization.py, <c>_legacy_save</c> and <c>_legacy_load</c>.</remarks>
internal static class LegacyPth
{
    private const int Version = 1001;

    private static readonly BigInteger Magic =
        BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Reads everything but the storages' bytes.</summary>
    /// <exception cref="CheckpointException">It is no such file, or any rule of the pickles or the storages is
    /// broken.</exception>
    public static PickleValue Read(ByteSource source)
    {
        var budget = new MemoryBudget();
        var input = new PickleInput(source, 0, source.Length, budget);
        if (PickleReader.Read(input, budget) is var first && first is not PickleValue.Integer { Value: var magic }
            || magic != Magic)
        {
            throw new CheckpointException(CheckpointError.NotACheckpoint,
                $"it is a Python pickle of something else than a checkpoint ({first}): expected a file that torch.save wrote.");
        }

        if (PickleReader.Read(input, budget) is var version && version is not PickleValue.Integer { Value: var number }
            || number != Version)
        {
            throw new CheckpointException(CheckpointError.UnsupportedVersion,
                $"it is of version {version} of PyTorch's older format; {Version} is read.");
        }

        var machine = PickleReader.Read(input, budget);
        if (machine["little_endian"] is not PickleValue.Boolean { Value: true })
        {
            throw new CheckpointException(CheckpointError.BigEndian,
                "it was written on a big-endian machine; only little-endian files are read. Save it again on another machine.");
        }

        var storages = new StorageTable(budget);
        var root = PickleReader.Read(input, budget, storages.Resolve);
        Place(source, input, PickleReader.Read(input, budget), storages.ByKey);
        return root;
    }

    /// <summary>Finds each storage's bytes, in the order of the keys.</summary>
    private static void Place(
        ByteSource source, PickleInput input, PickleValue keys, IReadOnlyDictionary<string, TorchStorage> storages)
    {
        if (keys is not PickleValue.List list)
        {
            throw Broken($"the storages' keys are {keys}, where a list is expected");
        }

        var at = input.Position;
        Span<byte> prefix = stackalloc byte[8];
        foreach (var item in list.Items)
        {
            var key = item is PickleValue.Text text ? text.Value : item.ToString();
            if (!storages.TryGetValue(key, out var storage) || storage.Open is not null)
            {
                throw Broken($"the key '{Printable.Of(key, 40)}' stands twice, or no tensor has such a storage");
            }

            source.Read(at, prefix);
            var count = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            var bytes = storage.Count * TensorTypes.SizeOf(storage.DType);
            at += prefix.Length;
            if (count != storage.Count || bytes > source.Length - at)
            {
                throw Broken($"storage '{Printable.Of(key, 40)}' has {storage.Count} elements, {bytes} bytes, by its pickle, "
                    + $"but {count} elements in front "
                    + $"of its bytes, and {source.Length - at} bytes are left");
            }

            var begin = at;
            storage.Open = () => source.Open(begin, bytes);
            at += bytes;
        }

        if (storages.Values.FirstOrDefault(storage => storage.Open is null) is { } missing)
        {
            throw new CheckpointException(CheckpointError.MissingEntry,
                $"its pickle refers to storage '{Printable.Of(missing.Key, 40)}', which is not among the {list.Items.Count} "
                    + "that follow it. The file is damaged.");
        }
    }

    private static CheckpointException Broken(string what) =>
        new(CheckpointError.BrokenStorage, $"{what}. The file is damaged: copy or download it again.");
}
