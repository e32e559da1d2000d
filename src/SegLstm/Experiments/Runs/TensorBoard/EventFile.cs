using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace SegLstm.Experiments.Runs.TensorBoard;

/// <summary>Writes scalars as TensorBoard reads them: a file of records, each an `Event` of TensorFlow's protocol buffers
/// between its length and a checksum.</summary>
/// <remarks>Source: TensorFlow's record_writer.h (length, masked CRC-32C of the length, data, masked CRC-32C of the data) and
/// event.proto, summary.proto (field numbers).</remarks>
/// <param name="target">Where the records go; stays open.</param>
public sealed class EventFile(Stream target)
{
    private const uint Mask = 0xa282ead8;

    // Field numbers, with the wire type in the last three bits: 0 a number, 1 eight bytes, 2 a length and bytes, 5 four bytes.
    private const byte WallTime = (1 << 3) | 1, Step = 2 << 3, FileVersion = (3 << 3) | 2, Summary = (5 << 3) | 2;
    private const byte Value = (1 << 3) | 2, Tag = (1 << 3) | 2, SimpleValue = (2 << 3) | 5;

    /// <summary>Writes what a file begins with.</summary>
    /// <param name="time">Wall time in seconds since 1970.</param>
    public void Begin(double time)
    {
        using var record = Event(time);
        WriteText(record, FileVersion, "brain.Event:2");
        Write(record);
    }

    /// <summary>Writes a number of a step.</summary>
    /// <param name="time">Wall time in seconds since 1970.</param>
    /// <param name="step">0-based iteration.</param>
    /// <param name="tag">Name of the curve; what is before a slash is its group.</param>
    /// <param name="value">The number, stored as float32.</param>
    public void Add(double time, long step, string tag, double value)
    {
        using var scalar = new MemoryStream();
        WriteText(scalar, Tag, tag);
        scalar.WriteByte(SimpleValue);
        Span<byte> number = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(number, (float)value);
        scalar.Write(number);

        using var summary = new MemoryStream();
        WriteBytes(summary, Value, scalar.ToArray());

        using var record = Event(time);
        record.WriteByte(Step);
        WriteVarint(record, (ulong)step);
        WriteBytes(record, Summary, summary.ToArray());
        Write(record);
    }

    private static MemoryStream Event(double time)
    {
        var record = new MemoryStream();
        record.WriteByte(WallTime);
        Span<byte> number = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(number, time);
        record.Write(number);
        return record;
    }

    private static void WriteText(MemoryStream stream, byte field, string text) =>
        WriteBytes(stream, field, Encoding.UTF8.GetBytes(text));

    private static void WriteBytes(MemoryStream stream, byte field, byte[] bytes)
    {
        stream.WriteByte(field);
        WriteVarint(stream, (ulong)bytes.Length);
        stream.Write(bytes);
    }

    private static void WriteVarint(MemoryStream stream, ulong number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            stream.WriteByte((byte)(number | 0x80));
        }

        stream.WriteByte((byte)number);
    }

    private void Write(MemoryStream record)
    {
        byte[] data = record.ToArray();
        Span<byte> header = stackalloc byte[sizeof(ulong) + sizeof(uint)], footer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], Checksum(header[..sizeof(ulong)]));
        BinaryPrimitives.WriteUInt32LittleEndian(footer, Checksum(data));
        target.Write(header);
        target.Write(data);
        target.Write(footer);
    }

    // Turned and shifted, as a checksum of data that hold checksums says little.
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        uint crc = uint.MaxValue;
        foreach (byte one in data) crc = BitOperations.Crc32C(crc, one);
        return BitOperations.RotateRight(~crc, 15) + Mask;
    }
}
