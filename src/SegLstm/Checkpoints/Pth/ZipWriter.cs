using System.Buffers.Binary;
using System.Text;

namespace SegLstm.Checkpoints.Pth;

/// <summary>Writes an uncompressed zip archive as torch does: each part's bytes begin at a multiple of 64, no times are
/// kept.</summary>
/// <param name="stream">Takes the archive; it is written from front to end.</param>
internal sealed class ZipWriter(Stream stream)
{
    private const int Alignment = 64, LocalLength = 30, Zip64Length = 20, PadHeader = 4;

    // "FB": what torch calls its padding. Readers skip extra fields that they do not know.
    private const ushort PadField = 0x4246, Zip64Field = 1, Version = 45, Utf8Names = 0x0800;

    private readonly List<(byte[] Name, uint Checksum, long Length, long At)> entries = [];
    private long position;

    /// <summary>Adds a part.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="checksum">Their CRC-32.</param>
    /// <param name="write">Writes them.</param>
    public void Add(string name, long length, uint checksum, Action<Stream> write)
    {
        var entry = (Name: Encoding.UTF8.GetBytes(name), Checksum: checksum, Length: length, At: position);
        Write(LocalHeader(entry));
        write(stream);
        position += length;
        entries.Add(entry);
    }

    /// <summary>Adds a part.</summary>
    public void Add(string name, byte[] bytes) => Add(name, bytes.Length, Crc32.Append(0, bytes), target => target.Write(bytes));

    /// <summary>Writes the directory.</summary>
    public void Finish()
    {
        var at = position;
        foreach (var entry in entries)
        {
            Write(Record(entry));
        }

        var length = position - at;
        if (entries.Count >= ushort.MaxValue || at >= uint.MaxValue || length >= uint.MaxValue)
        {
            Write(End64(at, length));
        }

        Write(End(at, length));
    }

    /// <summary>The header in front of a part's bytes, with zip64 lengths where needed and the padding.</summary>
    internal static byte[] LocalHeader((byte[] Name, uint Checksum, long Length, long At) entry)
    {
        var isLarge = entry.Length >= uint.MaxValue;
        var unpadded = LocalLength + entry.Name.Length + (isLarge ? Zip64Length : 0) + PadHeader;
        var padding = (int)((Alignment - ((entry.At + unpadded) % Alignment)) % Alignment);
        using var header = new MemoryStream();
        Numbers(header, 4, 0x04034b50);
        Numbers(header, 2, Version, Utf8Names, 0, 0, 0);
        Numbers(header, 4, entry.Checksum, isLarge ? uint.MaxValue : (ulong)entry.Length,
            isLarge ? uint.MaxValue : (ulong)entry.Length);
        Numbers(header, 2, (ulong)entry.Name.Length, (ulong)((isLarge ? Zip64Length : 0) + PadHeader + padding));
        header.Write(entry.Name);
        if (isLarge)
        {
            Numbers(header, 2, Zip64Field, 16);
            Numbers(header, 8, (ulong)entry.Length, (ulong)entry.Length);
        }

        Numbers(header, 2, PadField, (ulong)padding);
        header.Write(new byte[padding]);
        return header.ToArray();
    }

    /// <summary>A part's entry in the directory.</summary>
    internal static byte[] Record((byte[] Name, uint Checksum, long Length, long At) entry)
    {
        var isLarge = entry.Length >= uint.MaxValue;
        var isFar = entry.At >= uint.MaxValue;
        using var extra = new MemoryStream();
        if (isLarge || isFar)
        {
            Numbers(extra, 2, Zip64Field, (isLarge ? 16ul : 0) + (isFar ? 8ul : 0));
            if (isLarge)
            {
                Numbers(extra, 8, (ulong)entry.Length, (ulong)entry.Length);
            }

            if (isFar)
            {
                Numbers(extra, 8, (ulong)entry.At);
            }
        }

        using var record = new MemoryStream();
        Numbers(record, 4, 0x02014b50);
        Numbers(record, 2, Version, Version, Utf8Names, 0, 0, 0);
        Numbers(record, 4, entry.Checksum, isLarge ? uint.MaxValue : (ulong)entry.Length,
            isLarge ? uint.MaxValue : (ulong)entry.Length);
        Numbers(record, 2, (ulong)entry.Name.Length, (ulong)extra.Length, 0, 0, 0);
        Numbers(record, 4, 0, isFar ? uint.MaxValue : (ulong)entry.At);
        record.Write(entry.Name);
        record.Write(extra.ToArray());
        return record.ToArray();
    }

    private byte[] End64(long at, long length)
    {
        using var end = new MemoryStream();
        Numbers(end, 4, 0x06064b50);
        Numbers(end, 8, 44);
        Numbers(end, 2, Version, Version);
        Numbers(end, 4, 0, 0);
        Numbers(end, 8, (ulong)entries.Count, (ulong)entries.Count, (ulong)length, (ulong)at);
        Numbers(end, 4, 0x07064b50, 0);
        Numbers(end, 8, (ulong)position);
        Numbers(end, 4, 1);
        return end.ToArray();
    }

    private byte[] End(long at, long length)
    {
        using var end = new MemoryStream();
        var count = (ulong)Math.Min(entries.Count, ushort.MaxValue);
        Numbers(end, 4, 0x06054b50);
        Numbers(end, 2, 0, 0, count, count);
        Numbers(end, 4, (ulong)Math.Min(length, uint.MaxValue), (ulong)Math.Min(at, uint.MaxValue));
        Numbers(end, 2, 0);
        return end.ToArray();
    }

    private void Write(byte[] bytes)
    {
        stream.Write(bytes);
        position += bytes.Length;
    }

    private static void Numbers(MemoryStream target, int size, params ReadOnlySpan<ulong> numbers)
    {
        Span<byte> bytes = stackalloc byte[8];
        foreach (var number in numbers)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
            target.Write(bytes[..size]);
        }
    }
}
