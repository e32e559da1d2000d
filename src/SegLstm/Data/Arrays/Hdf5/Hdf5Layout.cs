namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>Where the elements of a dataset lie: in its header, in one piece, or in chunks.</summary>
/// <remarks>HDF5 File Format Specification 3.0, section IV.A.2.i. Versions 1 and 2 are of HDF5 before 1.6.3; MATLAB of 2007 wrote them.</remarks>
internal abstract record Hdf5Layout
{
    /// <summary>Reads the message.</summary>
    /// <param name="block">Its data.</param>
    /// <param name="rank">Dimensions of the dataset.</param>
    /// <param name="bytes">Bytes of the dataset, by its sizes and its type.</param>
    internal static Hdf5Layout Read(Hdf5Block block, int rank, long bytes)
    {
        int version = block.Byte();
        if (version is 1 or 2) return ReadOld(block, rank, bytes);
        if (version is not (3 or 4))
            throw ArrayFileException.Unsupported(
                $"an HDF5 layout of version {version}; 1 to 4 are read. Write the file anew with h5repack.");
        int kind = block.Byte();
        return kind switch
        {
            0 => new InHeader(block.Take(block.Short()).ToArray()),
            1 => new InOnePiece(block.AddressOrNone(), block.Length()),
            2 when version == 3 => Chunks(block, rank),
            2 => SingleChunk(block, rank),
            _ => throw ArrayFileException.Unsupported("a virtual HDF5 dataset, which is made of other files."),
        };
    }

    private static Hdf5Layout ReadOld(Hdf5Block block, int rank, long bytes)
    {
        int dimensions = block.Byte(), kind = block.Byte();
        block.Skip(5);
        long at = kind == 0 ? -1 : block.AddressOrNone();
        switch (kind)
        {
            case 1: return new InOnePiece(at, bytes);
            case 2: return new InChunks(at, SizesOf(block, dimensions - 1, rank, 4));
        }

        block.Skip(4 * dimensions);
        uint size = block.Int();
        return size <= block.Left ? new InHeader(block.Take((int)size).ToArray())
            : throw ArrayFileException.Damaged($"an HDF5 dataset of {size} bytes in its header.");
    }

    private static InChunks Chunks(Hdf5Block block, int rank)
    {
        int dimensions = block.Byte();
        long at = block.AddressOrNone();
        int[] extent = SizesOf(block, dimensions - 1, rank, 4);
        return new InChunks(at, extent);
    }

    private static InSingleChunk SingleChunk(Hdf5Block block, int rank)
    {
        int flags = block.Byte(), dimensions = block.Byte(), width = block.Byte();
        if (width is not (1 or 2 or 4 or 8)) throw ArrayFileException.Damaged($"HDF5 chunk sizes of {width} bytes.");
        int[] extent = SizesOf(block, dimensions - 1, rank, width);
        block.Skip(width);
        if (block.Byte() != 1)
        {
            throw ArrayFileException.Unsupported(
                "chunks indexed in a way of HDF5 1.10 (written with libver='latest'). Write the file anew with h5py's defaults, or with h5repack.");
        }

        bool isFiltered = (flags & 2) != 0;
        return new InSingleChunk(isFiltered ? block.Length() : null, isFiltered ? block.Int() : 0, block.AddressOrNone(), extent);
    }

    private static int[] SizesOf(Hdf5Block block, int dimensions, int rank, int width)
    {
        if (dimensions != rank) throw ArrayFileException.Damaged($"HDF5 chunks of {dimensions} dimensions in an array of {rank}.");
        ulong[] extent = [.. Enumerable.Range(0, rank).Select(_ => block.Number(width))];
        return extent.All(size => size is > 0 and <= int.MaxValue) ? Array.ConvertAll(extent, size => (int)size)
            : throw ArrayFileException.Damaged($"HDF5 chunks of {string.Join('x', extent)} elements.");
    }

    internal sealed record InHeader(byte[] Data) : Hdf5Layout;

    internal sealed record InOnePiece(long At, long Size) : Hdf5Layout;

    internal sealed record InChunks(long At, int[] Extent) : Hdf5Layout;

    internal sealed record InSingleChunk(long? Stored, uint FilterMask, long At, int[] Extent) : Hdf5Layout;
}
