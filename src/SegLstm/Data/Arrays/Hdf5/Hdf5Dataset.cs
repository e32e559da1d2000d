using System.Numerics;

namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>A dataset: its sizes, its number type, and how its elements are read.</summary>
internal sealed class Hdf5Dataset
{
    private readonly FileBytes _file;
    private readonly Hdf5Superblock _sizes;
    private readonly Hdf5ObjectHeader _header;

    internal Hdf5Dataset(FileBytes file, Hdf5Superblock sizes, Hdf5ObjectHeader header)
    {
        (_file, _sizes, _header) = (file, sizes, header);
        Shape = ReadShape(header.Find(Hdf5ObjectHeader.Dataspace)
            ?? throw ArrayFileException.Damaged("an HDF5 dataset without sizes."));
        Type = Hdf5Datatype.Read(header.Find(Hdf5ObjectHeader.Datatype)
            ?? throw ArrayFileException.Damaged("an HDF5 dataset without a type."));
    }

    /// <summary>The file's sizes, the slowest index first.</summary>
    internal int[] Shape { get; }

    internal Hdf5Datatype Type { get; }

    /// <summary>Reads all elements.</summary>
    internal T[] Read<T>(bool reversed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (_header.Has(Hdf5ObjectHeader.ExternalFiles))
            throw ArrayFileException.Unsupported("its numbers lie in another file, which is not followed.");
        var filters = _header.Find(Hdf5ObjectHeader.Filters) is { } pipeline ? Hdf5Filters.Read(pipeline) : Hdf5Filters.None;
        long bytes = ArrayEntry.CountOf(Shape.Select(size => (long)size))!.Value * Type.Size;
        if (bytes > _file.Length * filters.Expansion)
        {
            throw ArrayFileException.TooLarge(
                $"it declares {bytes:N0} bytes in a file of {_file.Length:N0}, more than it can unpack to, or was never written whole.");
        }

        Hdf5Block layout = _header.Find(Hdf5ObjectHeader.Layout) ?? throw ArrayFileException.Damaged("an HDF5 dataset without a layout.");
        switch (Hdf5Layout.Read(layout, Shape.Length, bytes))
        {
            case Hdf5Layout.InHeader stored:
                if (stored.Data.Length != bytes) throw Other(stored.Data.Length, bytes);
                return Stream<T>(new MemoryStream(stored.Data), reversed);
            case Hdf5Layout.InOnePiece stored:
                if (stored.At < 0 && bytes > 0) throw Unwritten();
                if (stored.Size != bytes) throw Other(stored.Size, bytes);
                using (Stream stream = _file.Open(bytes == 0 ? 0 : stored.At, bytes)) return Stream<T>(stream, reversed);
            case Hdf5Layout.InChunks stored:
                if (stored.At < 0 && bytes > 0) throw Unwritten();
                var chunks = bytes == 0 ? [] : Hdf5Chunk.Of(_file, _sizes, stored.At, Shape.Length);
                return Chunks<T>(chunks, stored.Extent, filters, reversed);
            case Hdf5Layout.InSingleChunk stored:
                if (stored.At < 0) throw Unwritten();
                var only = new Hdf5Chunk(stored.At, stored.Stored ?? bytes, stored.FilterMask, new long[Shape.Length]);
                return Chunks<T>([only], stored.Extent, filters, reversed);
            default:
                throw ArrayFileException.Unsupported("an unknown HDF5 layout.");
        }
    }

    private T[] Stream<T>(Stream stream, bool reversed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var target = new ElementScatter<T>(Shape, reversed);
        target.Put(stream, Type.Type!.Value, Type.IsBigEndian);
        return target.Values;
    }

    private T[] Chunks<T>(IEnumerable<Hdf5Chunk> chunks, int[] extent, Hdf5Filters filters, bool reversed)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        long? elements = ArrayEntry.CountOf(extent.Select(size => (long)size));
        if (elements is null || elements * Type.Size > _file.Length * filters.Expansion || elements * Type.Size > Array.MaxLength)
            throw ArrayFileException.TooLarge($"chunks of {string.Join('x', extent)} elements in a file of {_file.Length:N0} bytes.");
        int size = (int)elements * Type.Size;
        var target = new ElementScatter<T>(Shape, reversed);
        var found = new HashSet<long>();
        long wanted = Shape.Zip(extent, (whole, part) => ((long)whole + part - 1) / part)
            .Aggregate(1L, (product, count) => product * count);
        foreach (var chunk in chunks)
        {
            long number = 0;
            for (int axis = 0; axis < Shape.Length; axis++)
            {
                if (chunk.Origin[axis] % extent[axis] != 0 || chunk.Origin[axis] >= Shape[axis]) throw Misplaced(chunk);
                number = (number * (((long)Shape[axis] + extent[axis] - 1) / extent[axis])) + (chunk.Origin[axis] / extent[axis]);
            }

            if (!found.Add(number)) throw Misplaced(chunk);
            byte[] stored = _file.Read(chunk.At, chunk.Stored);
            if (size > stored.LongLength * filters.Expansion)
                throw ArrayFileException.Damaged($"an HDF5 chunk of {stored.Length:N0} bytes cannot unpack to {size:N0}.");
            target.Put(filters.Undo(stored, chunk.FilterMask, Type.Size, size), Type.Type!.Value, Type.IsBigEndian, chunk.Origin, extent);
        }

        return found.Count == wanted ? target.Values
            : throw ArrayFileException.Damaged(
                $"{wanted - found.Count:N0} of {wanted:N0} HDF5 chunks are not in the file: it was never written whole.");
    }

    private static int[] ReadShape(Hdf5Block block)
    {
        int version = block.Byte(), rank = block.Byte();
        block.Skip(1);
        if (version is not (1 or 2) || rank > 32)
            throw ArrayFileException.Damaged($"HDF5 sizes of version {version} and {rank} dimensions.");
        bool isNull = block.Byte() == 2 && version == 2;
        if (version == 1) block.Skip(4);
        long[] shape = isNull ? [0] : [.. Enumerable.Range(0, rank).Select(_ => block.Length())];
        return ArrayEntry.CountOf(shape) is null
            ? throw ArrayFileException.Damaged($"an HDF5 dataset of {string.Join('x', shape)} elements cannot be.")
            : Array.ConvertAll(shape, size => (int)size);
    }

    private static ArrayFileException Other(long got, long expected) =>
        ArrayFileException.Damaged($"an HDF5 dataset has {got:N0} bytes; its sizes make {expected:N0}.");

    private static ArrayFileException Unwritten() => ArrayFileException.Damaged("its numbers were never written to the file.");

    private static ArrayFileException Misplaced(Hdf5Chunk chunk) =>
        ArrayFileException.Damaged($"an HDF5 chunk at {string.Join(", ", chunk.Origin)} stands twice, or outside its dataset.");
}
