using System.Globalization;
using System.Text;
using SegLstm.Checkpoints.Pickle;

namespace SegLstm.Checkpoints.Pth;

/// <summary>
/// PyTorch's zip format: <c>NAME/data.pkl</c>, and beside it <c>byteorder</c>, <c>version</c> and <c>data/KEY</c>, a storage
/// each.
/// </summary>
/// <remarks>
/// <para>TorchScript archives (<c>torch.jit.save</c>) are told by their <c>constants.pkl</c>. Their <c>data.pkl</c> is read alone:
/// modules become dictionaries of their attributes. The program in <c>code/</c> is not looked at.</para>
/// <para>torch/serialization.py, <c>_save</c> and <c>_load</c>; caffe2/serialize/inline_container.cc;
/// torch/csrc/jit/serialization/pickler.cpp.</para>
/// </remarks>
internal static class ZipPth
{
    private const string PickleName = "data.pkl", ConstantsName = "constants.pkl";

    // torch 2 writes 3 and reads up to 10.
    private const int MostVersion = 10, MostWord = 64;

    /// <summary>Reads everything but the storages' bytes.</summary>
    /// <exception cref="CheckpointException">Any rule of the zip format, the pickle or the storages is broken.</exception>
    public static PickleValue Read(ByteSource source)
    {
        var budget = new MemoryBudget();
        var zip = ZipDirectory.Read(source, budget);
        var pickle = FindPickle(zip);
        var folder = pickle.Name[..^PickleName.Length];
        var storages = new StorageTable(budget, storage => Find(storage, zip, folder));
        var script = zip.Entries.ContainsKey(folder + ConstantsName);
        var root = ReadPickle(source, zip, pickle, budget, storages, script);
        if (Word(zip, folder + "byteorder") is { } order && order != "little")
        {
            throw new CheckpointException(CheckpointError.BigEndian,
                $"its byte order is '{Printable.Of(order)}'; only 'little' is read. Save it again on a little-endian machine.");
        }

        if (Word(zip, folder + "version") is { } version
            && !(int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostVersion))
        {
            throw new CheckpointException(CheckpointError.UnsupportedVersion,
                $"it is of version '{Printable.Of(version)}' of PyTorch's format; up to {MostVersion} are read.");
        }

        return root;
    }

    private static ZipEntry FindPickle(ZipDirectory zip)
    {
        var pickles = zip.Entries.Values.Where(entry => entry.Name == PickleName
            || (entry.Name.EndsWith("/" + PickleName, StringComparison.Ordinal)
                && entry.Name.Count(letter => letter == '/') == 1)).ToArray();
        return pickles.Length == 1 ? pickles[0] : throw new CheckpointException(
            CheckpointError.NotACheckpoint,
            $"it is a zip archive with {pickles.Length} parts called {PickleName}, where torch writes one; it holds "
            + (zip.Entries.Count == 0 ? "nothing."
                : string.Join(", ", zip.Entries.Keys.Take(4).Select(name => Printable.Of(name, 60))) + "."));
    }

    private static PickleValue ReadPickle(ByteSource source, ZipDirectory zip, ZipEntry entry, MemoryBudget budget,
        StorageTable storages, bool script)
    {
        if (entry.IsDeflated)
        {
            var bytes = Bytes(zip, entry);
            return PickleReader.Read(new PickleInput(new MemorySource(bytes), 0, bytes.Length, budget: null), budget,
                storages.Resolve, script);
        }

        PickleValue root;
        try
        {
            root = PickleReader.Read(new PickleInput(source, entry.DataAt, entry.DataAt + entry.Length, budget), budget,
                storages.Resolve, script);
        }
        catch (CheckpointException fault) when (fault.Error is not CheckpointError.ForbiddenGlobal)
        {
            // A damaged pickle is best called damaged; but what it asks for is told also where its checksum is wrong.
            Check(zip, entry);
            throw;
        }

        Check(zip, entry);
        return root;
    }

    private static void Check(ZipDirectory zip, ZipEntry entry)
    {
        using var stream = zip.Open(entry);
        stream.CopyTo(Stream.Null);
    }

    private static void Find(TorchStorage storage, ZipDirectory zip, string folder)
    {
        var shown = Printable.Of(storage.Key, 40);
        if (!zip.Entries.TryGetValue($"{folder}data/{storage.Key}", out var entry))
        {
            throw new CheckpointException(CheckpointError.MissingEntry,
                $"its pickle refers to storage '{shown}', but the archive has no part 'data/{shown}'. The file is damaged.");
        }

        var bytes = storage.Count * TensorTypes.SizeOf(storage.DType);
        if (bytes > entry.Length || entry.Length - bytes >= TensorTypes.SizeOf(storage.DType))
        {
            throw new CheckpointException(CheckpointError.BrokenStorage,
                $"storage '{shown}' has {storage.Count} elements of {TensorTypes.NameOf(storage.DType)}, {bytes} bytes, but "
                    + $"its part has {entry.Length}.");
        }

        storage.Open = () => zip.Open(entry);
    }

    private static string? Word(ZipDirectory zip, string name)
    {
        if (!zip.Entries.TryGetValue(name, out var entry))
        {
            return null;
        }

        return entry.Length <= MostWord ? Encoding.Latin1.GetString(Bytes(zip, entry)).TrimEnd('\n')
            : $"a text of {entry.Length} bytes";
    }

    private static byte[] Bytes(ZipDirectory zip, ZipEntry entry)
    {
        if (entry.Length > Array.MaxLength)
        {
            throw new CheckpointException(CheckpointError.TooMuchMemory,
                $"its part '{Printable.Of(entry.Name)}' has {entry.Length} bytes.");
        }

        using var stream = zip.Open(entry);
        var bytes = new byte[entry.Length];
        stream.ReadExactly(bytes);
        stream.ReadByte();
        return bytes;
    }
}
