using System.Buffers.Binary;
using System.Text;

namespace SegLstm.Data.Arrays.Matlab;

/// <summary>MATLAB v4: matrices one after the other, each with a header of 20 bytes.</summary>
/// <remarks>"MAT-File Format", MathWorks, chapter on level 4. The first number's digits MOPT say byte order, nothing, precision, type.</remarks>
internal sealed class Mat4File(string path, FileBytes bytes, ArrayLimits limits) : ArrayFile(path, bytes, limits)
{
    private const int HeaderBytes = 20, LongestName = 1024;

    public override string Format => "MATLAB v4";

    internal static bool IsOne(FileBytes bytes)
    {
        if (bytes.Length < HeaderBytes) return false;
        byte[] header = bytes.Read(0, HeaderBytes);
        int mopt = BinaryPrimitives.ReadInt32LittleEndian(header);
        bool isBig = mopt is < 0 or > 4999;
        if (isBig) mopt = BinaryPrimitives.ReadInt32BigEndian(header);
        int nameLength = isBig ? BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(16)) : BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(16));
        return mopt is >= 0 and <= 4999 && mopt / 100 % 10 == 0 && mopt / 10 % 10 <= 5 && mopt % 10 <= 2
            && nameLength is > 0 and <= LongestName;
    }

    private protected override IEnumerable<ArrayEntry> List()
    {
        int count = 0;
        for (long at = 0; at < Bytes.Length;)
        {
            CheckCount(++count);
            var header = Read(at);
            yield return header.Entry(at);
            at = header.DataAt + header.DataBytes;
        }
    }

    private protected override T[] Load<T>(ArrayEntry entry)
    {
        var header = Read(entry.Place);
        var target = new ElementScatter<T>([.. header.Shape.Reverse()], reversed: true);
        using Stream data = Bytes.Open(header.DataAt, header.DataBytes);
        target.Put(data, header.Type, header.IsBigEndian);
        return target.Values;
    }

    private Header Read(long at)
    {
        byte[] bytes = Bytes.Read(at, HeaderBytes);
        bool isBig = BinaryPrimitives.ReadInt32LittleEndian(bytes) is < 0 or > 4999;
        int Number(int index) => isBig ? BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(index * 4)) : BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(index * 4));
        int mopt = Number(0), order = mopt / 1000, precision = mopt / 10 % 10, kind = mopt % 10;
        if (mopt is < 0 or > 4999 || mopt / 100 % 10 != 0 || precision > 5 || kind > 2)
            throw Damaged(at, $"a matrix of type {mopt}");
        if (order > 1)
        {
            throw ArrayFileException.Unsupported(
                $"numbers of a VAX or a Cray (type {mopt} at byte {at:N0}). Save it on a current machine.");
        }

        int rows = Number(1), columns = Number(2), imaginary = Number(3), nameLength = Number(4);
        if (order != (isBig ? 1 : 0) || rows < 0 || columns < 0 || imaginary is not (0 or 1) || nameLength is < 1 or > LongestName)
            throw Damaged(at, $"a matrix of {rows}x{columns} with a name of {nameLength} letters, byte order {order}");
        var type = precision switch
        {
            0 => ElementType.Float64,
            1 => ElementType.Float32,
            2 => ElementType.Int32,
            3 => ElementType.Int16,
            4 => ElementType.UInt16,
            _ => ElementType.UInt8,
        };
        string name = Encoding.UTF8.GetString(Bytes.Read(at + HeaderBytes, nameLength)).TrimEnd('\0');
        // Two numbers below 2^31 and at most 16 bytes an element: more than a long, less than a decimal.
        decimal size = (decimal)rows * columns * type.Bytes() * (1 + imaginary);
        long dataAt = at + HeaderBytes + nameLength;
        Bytes.Check(dataAt, size > long.MaxValue ? long.MaxValue : (long)size);
        return new Header(name, [rows, columns], type, isBig, imaginary == 1, kind, dataAt, (long)size);
    }

    private static ArrayFileException Damaged(long at, string what) =>
        ArrayFileException.Damaged($"{what} cannot be (at byte {at:N0}): no MATLAB v4 file, or damaged.");

    private sealed record Header(
        string Name, int[] Shape, ElementType Type, bool IsBigEndian, bool IsComplex, int Kind, long DataAt, long DataBytes)
    {
        internal ArrayEntry Entry(long at)
        {
            string kind = Kind switch { 1 => "text", 2 => "sparse matrix", _ => IsComplex ? "complex" : Type.Word() };
            return new ArrayEntry(Name, Shape, Kind == 0 && !IsComplex ? Type : null, kind) { Place = at };
        }
    }
}
