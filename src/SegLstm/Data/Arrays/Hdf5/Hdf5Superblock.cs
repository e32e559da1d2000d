namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>Where an HDF5 file begins, how wide its addresses are, and where its root group is.</summary>
/// <param name="Base">The byte to which addresses are relative: behind the 512 bytes in which MATLAB says its version.</param>
/// <param name="OffsetSize">Bytes of an address.</param>
/// <param name="LengthSize">Bytes of a length.</param>
/// <param name="Root">Address of the root group's object header.</param>
/// <remarks>HDF5 File Format Specification 3.0, section II.A.</remarks>
internal sealed record Hdf5Superblock(long Base, int OffsetSize, int LengthSize, long Root)
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The place of the signature: at 0, 512, 1024 … ; null where the file is no HDF5.</summary>
    internal static long? Find(FileBytes bytes)
    {
        Span<byte> here = stackalloc byte[8];
        for (long at = 0; at <= bytes.Length - 8 && at < 1 << 20; at = at == 0 ? 512 : at * 2)
        {
            bytes.Read(at, here);
            if (here.SequenceEqual(Signature)) return at;
        }

        return null;
    }

    internal static Hdf5Superblock Read(FileBytes bytes)
    {
        long start = Find(bytes) ?? throw ArrayFileException.UnknownFormat("no HDF5 signature.");
        byte[] head = bytes.Read(start + 8, 8);
        int version = head[0];
        var (offsetSize, lengthSize) = version switch
        {
            0 or 1 => (head[5], head[6]),
            2 or 3 => (head[1], head[2]),
            _ => throw ArrayFileException.Unsupported($"HDF5 superblock of version {version}; 0 to 3 are read."),
        };
        if (offsetSize is not (4 or 8) || lengthSize is not (4 or 8))
            throw ArrayFileException.Unsupported($"HDF5 addresses of {offsetSize} and lengths of {lengthSize} bytes; 4 and 8 are read.");
        var sizes = new Hdf5Superblock(start, offsetSize, lengthSize, 0);
        // Versions 0 and 1: four addresses, then the root's link name and object header; 2 and 3: three, then the object header.
        int addresses = version switch { 0 => 24, 1 => 28, _ => 12 }, before = version <= 1 ? 5 : 3;
        var block = new Hdf5Block(bytes.Read(start + addresses, (before + 1) * offsetSize), sizes);
        block.Skip(before * offsetSize);
        return sizes with { Root = block.Address("the root group") };
    }
}
