using System.Text;

namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>The links of a group: the old way, a B-tree of symbol tables, or the new one, messages in the object header.</summary>
/// <remarks>HDF5 File Format Specification 3.0, sections III.A to III.D and IV.A.2.g.</remarks>
internal static class Hdf5Group
{
    private const int MostDepth = 32;

    /// <summary>The links: name, and address of the object, or null where a link leads elsewhere by a name.</summary>
    internal static List<(string Name, long? Address)> Links(FileBytes file, Hdf5Superblock sizes, Hdf5ObjectHeader header, int most)
    {
        var links = new List<(string, long?)>();
        if (header.Find(Hdf5ObjectHeader.SymbolTable) is { } table)
        {
            long tree = table.Address("a group's B-tree"), heapAt = table.Address("a group's heap");
            byte[] names = Heap(file, sizes, heapAt);
            Walk(file, sizes, tree, names, links, new Hdf5Visits(file), most, MostDepth);
        }

        foreach (Hdf5Block link in header.All(Hdf5ObjectHeader.Link)) links.Add(Link(link));
        if (header.Find(Hdf5ObjectHeader.LinkInfo) is { } info)
        {
            info.Skip(1);
            info.Skip((info.Byte() & 1) != 0 ? 8 : 0);
            if (info.AddressOrNone() >= 0)
            {
                throw ArrayFileException.Unsupported(
                    "a group with so many links that HDF5 keeps them in a fractal heap (written with libver='latest'). Write the file anew "
                    + "with h5py's defaults, or with h5repack.");
            }
        }

        return links;
    }

    private static byte[] Heap(FileBytes file, Hdf5Superblock sizes, long at)
    {
        var heap = new Hdf5Block(file.Read(at, 8 + (2 * sizes.LengthSize) + sizes.OffsetSize), sizes);
        heap.Expect("HEAP"u8, "a group's heap");
        heap.Skip(4);
        long size = heap.Length();
        heap.Skip(sizes.LengthSize);
        return file.Read(heap.Address("a group's names"), size);
    }

    private static void Walk(
        FileBytes file, Hdf5Superblock sizes, long at, byte[] names, List<(string, long?)> links, Hdf5Visits visits, int most, int depth)
    {
        if (depth == 0 || links.Count > most)
            throw ArrayFileException.Damaged($"the HDF5 group's tree at byte {at:N0} has no end.");
        byte[] signature = file.Read(at, 8);
        if (signature.AsSpan(0, 4).SequenceEqual("SNOD"u8))
        {
            long size = (long)BitConverter.ToUInt16(signature, 6) * ((2 * sizes.OffsetSize) + 24);
            visits.Enter(at, size, "an HDF5 symbol table");
            Symbols(new Hdf5Block(file.Read(at + 8, size), sizes), sizes, names, links);
            return;
        }

        var head = new Hdf5Block(signature, sizes);
        head.Expect("TREE"u8, "a group's B-tree");
        if (head.Byte() != 0)
            throw ArrayFileException.Damaged($"the HDF5 tree at byte {at:N0} is not of a group.");
        head.Skip(1);
        int entries = head.Short();
        long first = at + 8 + (2 * sizes.OffsetSize), bytes = ((long)entries * (sizes.LengthSize + sizes.OffsetSize)) + sizes.LengthSize;
        visits.Enter(at, bytes, "a group's B-tree");
        var node = new Hdf5Block(file.Read(first, bytes), sizes);
        for (int i = 0; i < entries; i++)
        {
            node.Skip(sizes.LengthSize);
            Walk(file, sizes, node.Address("a group's symbol table"), names, links, visits, most, depth - 1);
        }
    }

    private static void Symbols(Hdf5Block table, Hdf5Superblock sizes, byte[] names, List<(string, long?)> links)
    {
        while (table.Left > 0)
        {
            ulong nameAt = table.Number(sizes.OffsetSize);
            long address = table.AddressOrNone();
            uint cache = table.Int();
            table.Skip(20);
            if (nameAt >= (ulong)names.Length)
                throw ArrayFileException.Damaged("an HDF5 name lies outside its heap.");
            var name = names.AsSpan((int)nameAt);
            int end = name.IndexOf((byte)0);
            // A symbolic link's target is a name.
            links.Add((Encoding.UTF8.GetString(end < 0 ? name : name[..end]), cache == 2 || address < 0 ? null : address));
        }
    }

    private static (string Name, long? Address) Link(Hdf5Block link)
    {
        if (link.Byte() != 1) throw ArrayFileException.Unsupported("an HDF5 link of an unknown version.");
        int flags = link.Byte(), type = (flags & 8) != 0 ? link.Byte() : 0;
        link.Skip(((flags & 4) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        ulong length = link.Number(1 << (flags & 3));
        if (length > (ulong)link.Left) throw ArrayFileException.Damaged($"an HDF5 link name of {length} letters.");
        string name = Encoding.UTF8.GetString(link.Take((int)length));
        return (name, type == 0 ? link.Address("a linked HDF5 object") : null);
    }
}
