namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>A stored chunk: where, how many bytes, which filters were left out, and its first element.</summary>
internal readonly record struct Hdf5Chunk(long At, long Stored, uint FilterMask, long[] Origin)
{
    private const int MostDepth = 32;

    /// <summary>The chunks of a B-tree, in its order.</summary>
    /// <remarks>HDF5 File Format Specification 3.0, section III.A.1, nodes of type 1.</remarks>
    internal static IEnumerable<Hdf5Chunk> Of(FileBytes file, Hdf5Superblock sizes, long tree, int rank) => 
        Walk(file, sizes, tree, rank, new Hdf5Visits(file), MostDepth);

    private static IEnumerable<Hdf5Chunk> Walk(FileBytes file, Hdf5Superblock sizes, long at, int rank, Hdf5Visits visits, int depth)
    {
        if (depth == 0) throw ArrayFileException.Damaged($"the HDF5 tree of chunks at byte {at:N0} has no end.");
        var head = new Hdf5Block(file.Read(at, 8), sizes);
        head.Expect("TREE"u8, "a tree of HDF5 chunks");
        int type = head.Byte(), level = head.Byte(), entries = head.Short(), key = 8 + (8 * (rank + 1));
        if (type != 1) throw ArrayFileException.Damaged($"the HDF5 tree at byte {at:N0} is not of chunks.");
        visits.Enter(at, (long)entries * (key + sizes.OffsetSize), "a tree of HDF5 chunks");
        var node = new Hdf5Block(file.Read(at + 8 + (2 * sizes.OffsetSize), (long)entries * (key + sizes.OffsetSize)), sizes);
        for (int i = 0; i < entries; i++)
        {
            uint stored = node.Int(), mask = node.Int();
            ulong[] origin = [.. Enumerable.Range(0, rank + 1).Select(_ => node.Long())];
            long child = node.Address("a chunk");
            if (level > 0)
            {
                foreach (var chunk in Walk(file, sizes, child, rank, visits, depth - 1)) yield return chunk;
                continue;
            }

            if (origin.Any(place => place > int.MaxValue))
                throw ArrayFileException.Damaged($"an HDF5 chunk at {string.Join(", ", origin)} lies outside every array.");
            yield return new Hdf5Chunk(child, stored, mask, [.. origin.Take(rank).Select(place => (long)place)]);
        }
    }
}
