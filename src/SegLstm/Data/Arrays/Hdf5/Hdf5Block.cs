using System.Buffers.Binary;

namespace SegLstm.Data.Arrays.Hdf5;

/// <summary>Bytes of an HDF5 file, read one field after the other; all numbers are little-endian.</summary>
internal sealed class Hdf5Block(byte[] bytes, Hdf5Superblock sizes, int start = 0)
{
    private int _at = start;

    /// <summary>Bytes that are left.</summary>
    internal int Left => bytes.Length - _at;

    internal int At => _at;

    internal byte Byte() => Take(1)[0];

    internal int Short() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    internal uint Int() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    internal ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A number of 1, 2, 4 or 8 bytes.</summary>
    internal ulong Number(int size) => size switch { 1 => Byte(), 2 => (ulong)Short(), 4 => Int(), _ => Long() };

    /// <summary>A length, below 2^63.</summary>
    internal long Length()
    {
        ulong value = Number(sizes.LengthSize);
        return value <= long.MaxValue ? (long)value : throw ArrayFileException.Damaged($"an HDF5 length of {value} cannot be.");
    }

    /// <summary>A place in the file, or -1 for "nowhere".</summary>
    internal long AddressOrNone()
    {
        ulong value = Number(sizes.OffsetSize);
        if (value == (sizes.OffsetSize == 4 ? uint.MaxValue : ulong.MaxValue)) return -1;
        return value <= long.MaxValue / 2 ? sizes.Base + (long)value
            : throw ArrayFileException.Damaged($"an HDF5 address of {value} cannot be.");
    }

    internal long Address(string what) => AddressOrNone() is >= 0 and var at ? at
        : throw ArrayFileException.Damaged($"{what} has no place in the file.");

    internal void Skip(int count) => Take(count);

    internal ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
        {
            throw ArrayFileException.Damaged(
                $"an HDF5 structure of {bytes.Length} bytes ends at byte {_at}, where {count} more are expected.");
        }

        _at += count;
        return bytes.AsSpan(_at - count, count);
    }

    /// <summary>Refuses another signature.</summary>
    internal void Expect(ReadOnlySpan<byte> signature, string what)
    {
        if (!Take(4).SequenceEqual(signature))
            throw ArrayFileException.Damaged($"{what} does not begin with {System.Text.Encoding.ASCII.GetString(signature)}.");
    }
}
