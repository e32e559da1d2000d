namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>The messages that describe a group or a dataset.</summary>
/// <remarks>HDF5 File Format Specification 3.0, section IV.A.</remarks>
internal sealed class Hdf5ObjectHeader
{
    internal const int Dataspace = 0x01, LinkInfo = 0x02, Datatype = 0x03, Link = 0x06, ExternalFiles = 0x07, Layout = 0x08,
        Filters = 0x0B, Attribute = 0x0C, Continuation = 0x10, SymbolTable = 0x11;

    private readonly FileBytes _file;
    private readonly Hdf5Superblock _sizes;
    private readonly Hdf5Visits _visits;
    private readonly Queue<(long At, long Size)> _continued = new();
    private readonly List<(int Type, bool IsShared, byte[] Data)> _messages = [];

    private Hdf5ObjectHeader(FileBytes file, Hdf5Superblock sizes) =>
        (_file, _sizes, _visits) = (file, sizes, new Hdf5Visits(file));

    internal static Hdf5ObjectHeader Read(FileBytes file, Hdf5Superblock sizes, long at)
    {
        var header = new Hdf5ObjectHeader(file, sizes);
        if (file.Read(at, 4).AsSpan().SequenceEqual("OHDR"u8)) header.ReadSecond(at);
        else header.ReadFirst(at);
        return header;
    }

    /// <summary>The messages of a type.</summary>
    /// <exception cref="ArrayFileException">One is shared among objects, which we do not follow.</exception>
    internal IEnumerable<Hdf5Block> All(int type) => _messages.Where(message => message.Type == type).Select(message => message.IsShared
        ? throw ArrayFileException.Unsupported("a committed (shared) HDF5 type or message. Write the file anew with h5repack or h5py.")
        : new Hdf5Block(message.Data, _sizes));

    /// <summary>The one message of a type, or null.</summary>
    internal Hdf5Block? Find(int type) => All(type).FirstOrDefault();

    internal bool Has(int type) => _messages.Exists(message => message.Type == type);

    private void ReadFirst(long at)
    {
        var head = new Hdf5Block(_file.Read(at, 12), _sizes);
        if (head.Byte() != 1)
            throw ArrayFileException.Damaged($"no HDF5 object header at byte {at:N0}.");
        head.Skip(7);
        uint size = head.Int();
        // Four bytes of padding bring the messages to a multiple of eight.
        Messages(at + 16, size, isSecond: false, flags: 0);
    }

    private void ReadSecond(long at)
    {
        byte[] bytes = _file.Read(at, Math.Min(36, _file.Length - at));
        var head = new Hdf5Block(bytes, _sizes, 4);
        if (head.Byte() != 2)
            throw ArrayFileException.Unsupported($"an HDF5 object header of another version than 1 and 2 at byte {at:N0}.");
        int flags = head.Byte();
        head.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        ulong size = head.Number(1 << (flags & 3));
        if (size > (ulong)_file.Length)
            throw ArrayFileException.Damaged($"an HDF5 object header of {size} bytes.");
        Messages(at + head.At, (long)size, isSecond: true, flags);
    }

    private void Messages(long at, long size, bool isSecond, int flags)
    {
        Block(at, size, isSecond, flags);
        while (_continued.TryDequeue(out var next))
        {
            if (isSecond)
            {
                new Hdf5Block(_file.Read(next.At, 4), _sizes).Expect("OCHK"u8, "a continued HDF5 object header");
                // The signature before, the checksum behind.
                next = (next.At + 4, Math.Max(0, next.Size - 8));
            }

            Block(next.At, next.Size, isSecond, flags);
        }
    }

    private void Block(long at, long size, bool isSecond, int flags)
    {
        _visits.Enter(at, size, "an HDF5 object header");
        var block = new Hdf5Block(_file.Read(at, size), _sizes);
        int prefix = !isSecond ? 8 : (flags & 4) != 0 ? 6 : 4;
        while (block.Left >= prefix)
        {
            int type = isSecond ? block.Byte() : block.Short(), length = block.Short(), messageFlags = block.Byte();
            block.Skip(prefix - (isSecond ? 4 : 5));
            byte[] data = block.Take(length).ToArray();
            if (type != Continuation)
            {
                _messages.Add((type, (messageFlags & 2) != 0, data));
                continue;
            }

            var message = new Hdf5Block(data, _sizes);
            _continued.Enqueue((message.Address("a continued HDF5 object header"), message.Length()));
        }
    }
}
