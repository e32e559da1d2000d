using System.Buffers.Binary;

namespace SegLstm.Data.Arrays.Matlab;

/// <summary>Reads the elements within a matrix: a tag of type and size, data, and zeros up to a multiple of eight bytes.</summary>
internal sealed class Mat5Reader(Stream stream, bool isBigEndian)
{
    private byte[]? _small;

    /// <summary>The next element's type and size in bytes.</summary>
    /// <exception cref="EndOfStreamException">There is none.</exception>
    internal (int Type, long Size) Tag()
    {
        Span<byte> tag = stackalloc byte[8];
        stream.ReadExactly(tag);
        uint first = Number(tag);
        // Up to four bytes lie within the tag itself, their number beside the type.
        if (first >> 16 is var length and not 0)
        {
            _small = length <= 4 ? tag.Slice(4, (int)length).ToArray()
                : throw ArrayFileException.Damaged($"an element of {length} bytes within a tag, which has room for 4.");
            return ((int)(first & 0xFFFF), length);
        }

        _small = null;
        return ((int)first, Number(tag[4..]));
    }

    /// <summary>The data of the element whose tag was read.</summary>
    internal Stream Data(long size) => _small is { } small && size == small.Length ? new MemoryStream(small) : stream;

    /// <summary>The data of the element whose tag was read, all at once.</summary>
    /// <exception cref="ArrayFileException">More than a header has use for.</exception>
    internal byte[] Bytes(long size, int most, string what)
    {
        if (size > most)
            throw ArrayFileException.Damaged($"{what} of {size:N0} bytes; expected {most:N0} at most.");
        if (_small is { } small) return small;
        byte[] bytes = new byte[size];
        stream.ReadExactly(bytes);
        Span<byte> padding = stackalloc byte[(int)(-size & 7)];
        stream.ReadExactly(padding);
        return bytes;
    }

    internal uint Number(ReadOnlySpan<byte> bytes) =>
        isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    /// <summary>Reads on to the end of the packed data, so that its checksum is compared. Only zeros may be left.</summary>
    /// <exception cref="ArrayFileException">More than the padding is left.</exception>
    internal void Finish()
    {
        for (int left = 0; stream.ReadByte() >= 0; left++)
        {
            if (left >= 8)
                throw ArrayFileException.Damaged("a compressed variable unpacks to more than it declares.");
        }
    }
}
