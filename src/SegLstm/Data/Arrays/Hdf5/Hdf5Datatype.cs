namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>How the elements of a dataset are stored.</summary>
/// <param name="Type">The number type; null where they are no real numbers that we read.</param>
/// <param name="IsBigEndian">The byte order.</param>
/// <param name="Size">Bytes an element.</param>
/// <param name="Kind">In words.</param>
/// <remarks>HDF5 File Format Specification 3.0, section IV.A.2.d.</remarks>
internal sealed record Hdf5Datatype(ElementType? Type, bool IsBigEndian, int Size, string Kind)
{
    private const int FixedPoint = 0, FloatingPoint = 1, Text = 3, Compound = 6, Reference = 7, Enumeration = 8;

    internal bool IsText => Kind == "text";

    internal static Hdf5Datatype Read(Hdf5Block block, int depth = 0)
    {
        int kind = block.Byte() & 0xF, bits = block.Byte() | (block.Byte() << 8);
        block.Skip(1);
        uint size = block.Int();
        if (size is 0 or > 1 << 24)
            throw ArrayFileException.Damaged($"HDF5 elements of {size} bytes.");
        bool isBig = (bits & 1) != 0;
        return kind switch
        {
            FixedPoint => Whole((bits & 8) != 0, isBig, (int)size, block),
            FloatingPoint => Real(bits, isBig, (int)size, block),
            // The names of an enumeration stand behind its number type: h5py writes booleans so.
            Enumeration when depth == 0 => Read(block, 1),
            _ => new Hdf5Datatype(null, isBig, (int)size, kind switch
            {
                Text => "text",
                Compound => "compound (complex numbers are)",
                Reference => "references (cell arrays are)",
                9 => "variable length",
                _ => $"HDF5 class {kind}",
            }),
        };
    }

    private static Hdf5Datatype Whole(bool isSigned, bool isBig, int size, Hdf5Block block)
    {
        int offset = block.Short(), precision = block.Short();
        ElementType? type = offset != 0 || precision != size * 8 ? null : (size, isSigned) switch
        {
            (1, true) => ElementType.Int8,
            (1, false) => ElementType.UInt8,
            (2, true) => ElementType.Int16,
            (2, false) => ElementType.UInt16,
            (4, true) => ElementType.Int32,
            (4, false) => ElementType.UInt32,
            (8, true) => ElementType.Int64,
            (8, false) => ElementType.UInt64,
            _ => null,
        };
        return new Hdf5Datatype(type, isBig, size, type?.Word() ?? $"{precision}-bit integers");
    }

    private static Hdf5Datatype Real(int bits, bool isBig, int size, Hdf5Block block)
    {
        int offset = block.Short(), precision = block.Short();
        var (exponentAt, exponentBits, mantissaAt, mantissaBits) = (block.Byte(), block.Byte(), block.Byte(), block.Byte());
        uint bias = block.Int();
        bool isVax = (bits & 0x40) != 0;
        ElementType? type = (isVax, offset, precision, exponentAt, exponentBits, mantissaAt, mantissaBits, bias, size) switch
        {
            (false, 0, 32, 23, 8, 0, 23, 127, 4) => ElementType.Float32,
            (false, 0, 64, 52, 11, 0, 52, 1023, 8) => ElementType.Float64,
            _ => null,
        };
        return new Hdf5Datatype(type, isBig, size, type?.Word() ?? $"{precision}-bit floating point");
    }
}
