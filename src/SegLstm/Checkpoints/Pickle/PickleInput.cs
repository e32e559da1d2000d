using System.Buffers.Binary;

namespace SegLstm.Checkpoints.Pickle;

/// <summary>Reads a pickle's bytes one after the other. What was read is granted to the budget where it came from the
/// file.</summary>
/// <param name="source">Where the bytes are.</param>
/// <param name="start">The first byte.</param>
/// <param name="end">One past the last byte.</param>
/// <param name="budget">Null where the bytes themselves take memory.</param>
internal sealed class PickleInput(ByteSource source, long start, long end, MemoryBudget? budget)
{
    private readonly byte[] buffer = new byte[(int)Math.Min(1 << 16, Math.Max(0, end - start))];
    private long read;
    private int at;
    private int filled;

    /// <summary>The next byte's place.</summary>
    public long Position => start + read + at;

    /// <summary>Bytes that are left.</summary>
    public long Left => end - Position;

    public byte Next()
    {
        if (at == filled)
        {
            Refill();
        }

        return buffer[at++];
    }

    /// <summary>Fills a span.</summary>
    public void Read(Span<byte> target)
    {
        if (target.Length > Left)
        {
            throw BreaksOff();
        }

        while (target.Length > 0)
        {
            if (at == filled)
            {
                Refill();
            }

            var count = Math.Min(target.Length, filled - at);
            buffer.AsSpan(at, count).CopyTo(target);
            at += count;
            target = target[count..];
        }
    }

    /// <summary>Some bytes as an array, whose memory the caller has charged.</summary>
    public byte[] Take(long count)
    {
        if (count > Left || count > Array.MaxLength)
        {
            throw BreaksOff();
        }

        var bytes = new byte[count];
        Read(bytes);
        return bytes;
    }

    public int UInt16()
    {
        Span<byte> bytes = stackalloc byte[2];
        Read(bytes);
        return BinaryPrimitives.ReadUInt16LittleEndian(bytes);
    }

    public int Int32()
    {
        Span<byte> bytes = stackalloc byte[4];
        Read(bytes);
        return BinaryPrimitives.ReadInt32LittleEndian(bytes);
    }

    public long UInt32() => (uint)Int32();

    public long Int64()
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(bytes);
        return BinaryPrimitives.ReadInt64LittleEndian(bytes);
    }

    public double BigEndianDouble()
    {
        Span<byte> bytes = stackalloc byte[8];
        Read(bytes);
        return BinaryPrimitives.ReadDoubleBigEndian(bytes);
    }

    /// <summary>The bytes up to a line's end, which is taken but not returned.</summary>
    /// <param name="most">Most bytes that such a line may have.</param>
    public byte[] Line(int most)
    {
        var line = new List<byte>();
        while (Next() is var letter and not (byte)'\n')
        {
            if (line.Count == most)
            {
                throw new CheckpointException(CheckpointError.BrokenPickle,
                    $"a line of its pickle, at byte {Position - start}, has more than {most} bytes.");
            }

            line.Add(letter);
        }

        return [.. line];
    }

    private void Refill()
    {
        read += filled;
        at = 0;
        filled = (int)Math.Min(buffer.Length, end - start - read);
        if (filled == 0)
        {
            throw BreaksOff();
        }

        source.Read(start + read, buffer.AsSpan(0, filled));
        budget?.Grant(filled);
    }

    private CheckpointException BreaksOff() => new(CheckpointError.Truncated,
        $"its pickle breaks off at byte {end - start}. The file is damaged or cut off: copy or download it again.");
}
