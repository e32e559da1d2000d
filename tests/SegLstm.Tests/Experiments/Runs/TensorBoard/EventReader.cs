using System.Text;

namespace SegLstm.Tests.Experiments.Runs.TensorBoard;

/// <summary>Reads event files by the formats' descriptions: a checksum of its own, any order of fields, unknown fields
/// skipped.</summary>
internal static class EventReader
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(Entry)];

    public static IReadOnlyList<ReadEvent> Read(byte[] file)
    {
        var events = new List<ReadEvent>();
        for (var at = 0; at < file.Length;)
        {
            Require(file.Length - at >= 16, "a record's frame is cut off");
            var length = BitConverter.ToUInt64(file, at);
            Require(BitConverter.ToUInt32(file, at + 8) == Checksum(file.AsSpan(at, 8)), "the length's checksum is wrong");
            Require(length <= (ulong)(file.Length - at - 16), "a record is cut off");
            var data = file.AsMemory(at + 12, (int)length);
            Require(BitConverter.ToUInt32(file, at + 12 + (int)length) == Checksum(data.Span), "the data's checksum is wrong");
            events.Add(Event(data));
            at += 16 + (int)length;
        }

        return events;
    }

    private static ReadEvent Event(ReadOnlyMemory<byte> data)
    {
        var read = new ReadEvent(0, 0, null, 0);
        while (data.Length > 0)
        {
            var (field, number, bytes) = Field(ref data);
            read = field switch
            {
                1 => read with { Time = BitConverter.Int64BitsToDouble((long)number) },
                2 => read with { Step = (long)number },
                5 => Summary(bytes, read),
                _ => read,
            };
        }

        return read;
    }

    private static ReadEvent Summary(ReadOnlyMemory<byte> data, ReadEvent read)
    {
        while (data.Length > 0)
        {
            var (field, _, value) = Field(ref data);
            while (field == 1 && value.Length > 0)
            {
                var (part, number, bytes) = Field(ref value);
                read = part switch
                {
                    1 => read with { Tag = Encoding.UTF8.GetString(bytes.Span) },
                    2 => read with { Value = BitConverter.Int32BitsToSingle((int)number) },
                    _ => read,
                };
            }
        }

        return read;
    }

    private static (int Field, ulong Number, ReadOnlyMemory<byte> Bytes) Field(ref ReadOnlyMemory<byte> data)
    {
        var key = Varint(ref data);
        var (number, bytes) = (0UL, default(ReadOnlyMemory<byte>));
        switch (key & 7)
        {
            case 0:
                number = Varint(ref data);
                break;
            case 1:
                number = BitConverter.ToUInt64(Take(ref data, 8).Span);
                break;
            case 2:
                bytes = Take(ref data, (int)Varint(ref data));
                break;
            case 5:
                number = BitConverter.ToUInt32(Take(ref data, 4).Span);
                break;
            default:
                throw new InvalidDataException($"wire type {key & 7}");
        }

        return ((int)(key >> 3), number, bytes);
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> data, int count)
    {
        Require(count >= 0 && count <= data.Length, "a field is cut off");
        var taken = data[..count];
        data = data[count..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> data)
    {
        var number = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var one = Take(ref data, 1).Span[0];
            number |= (ulong)(one & 0x7f) << shift;
            if (one < 0x80)
            {
                return number;
            }
        }
    }

    // Castagnoli's polynomial, lowest bit first, by table; masked as TensorFlow does.
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var one in data)
        {
            crc = (crc >> 8) ^ Table[(byte)(crc ^ one)];
        }

        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + 0xa282ead8;
    }

    private static uint Entry(int start)
    {
        var value = (uint)start;
        for (var bit = 0; bit < 8; bit++)
        {
            value = (value >> 1) ^ ((value & 1) * 0x82f63b78);
        }

        return value;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidDataException(what);
        }
    }
}
