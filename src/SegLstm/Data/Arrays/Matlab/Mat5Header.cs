using System.Text;

namespace SegLstm.Data.Arrays.Matlab;

/// <summary>What stands before the data of a matrix: class and flags, sizes, name.</summary>
internal sealed record Mat5Header(string Name, int[] Shape, int Class, bool IsComplex, bool IsLogical)
{
    private const int Opaque = 17, MostDimensions = 32, LongestName = 4096;

    /// <summary>The number type of a class: 6 is double, 7 single, 8 to 15 integers.</summary>
    private ElementType? Type => Class switch
    {
        6 => ElementType.Float64,
        7 => ElementType.Float32,
        8 => ElementType.Int8,
        9 => ElementType.UInt8,
        10 => ElementType.Int16,
        11 => ElementType.UInt16,
        12 => ElementType.Int32,
        13 => ElementType.UInt32,
        14 => ElementType.Int64,
        15 => ElementType.UInt64,
        _ => null,
    };

    /// <summary>The type of stored data, which may be narrower than the class: MATLAB packs whole numbers into bytes.</summary>
    internal static ElementType? ElementOf(int dataType) => dataType switch
    {
        1 => ElementType.Int8,
        2 => ElementType.UInt8,
        3 => ElementType.Int16,
        4 => ElementType.UInt16,
        5 => ElementType.Int32,
        6 => ElementType.UInt32,
        7 => ElementType.Float32,
        9 => ElementType.Float64,
        12 => ElementType.Int64,
        13 => ElementType.UInt64,
        _ => null,
    };

    /// <summary>Reads a header; the reader then stands before the tag of the numbers.</summary>
    /// <exception cref="ArrayFileException">It cannot be.</exception>
    /// <exception cref="EndOfStreamException">It is cut off.</exception>
    internal static Mat5Header Read(Mat5Reader reader)
    {
        var (_, flagBytes) = reader.Tag();
        byte[] flags = reader.Bytes(flagBytes, 8, "array flags");
        if (flags.Length != 8)
            throw ArrayFileException.Damaged($"array flags of {flags.Length} bytes; expected 8.");
        uint first = reader.Number(flags);
        int kind = (int)(first & 0xFF);
        if (kind == Opaque) return new Mat5Header("(object)", [], kind, false, false);

        var (sizeType, sizeBytes) = reader.Tag();
        byte[] sizes = reader.Bytes(sizeBytes, MostDimensions * 4, "array sizes");
        if (sizeType is not (5 or 6) || sizes.Length < 8 || sizes.Length % 4 != 0)
            throw ArrayFileException.Damaged($"array sizes of type {sizeType} in {sizes.Length} bytes.");
        long[] shape = [.. Enumerable.Range(0, sizes.Length / 4).Select(i => (long)reader.Number(sizes.AsSpan(i * 4)))];
        if (ArrayEntry.CountOf(shape) is null)
            throw ArrayFileException.Damaged($"an array of {string.Join('x', shape)} elements cannot be.");

        var (_, nameBytes) = reader.Tag();
        string name = Encoding.UTF8.GetString(reader.Bytes(nameBytes, LongestName, "a name"));
        return new Mat5Header(name, Array.ConvertAll(shape, size => (int)size), kind, (first & 0x800) != 0, (first & 0x200) != 0);
    }

    internal ArrayEntry Entry(long at)
    {
        string word = Class switch
        {
            1 => "cell array",
            2 => "struct",
            3 => "object",
            4 => "text",
            5 => "sparse matrix",
            16 => "function",
            Opaque => "opaque object",
            _ when Type is null => $"unknown class {Class}",
            _ when IsComplex => "complex",
            _ when Name.Length == 0 => "workspace of functions",
            _ => IsLogical ? "logical" : Type.Value.Word(),
        };
        return new ArrayEntry(Name, Shape, IsComplex || Name.Length == 0 ? null : Type, word) { Place = at };
    }
}
