namespace SegLstm.Checkpoints.Pth;

/// <summary>The unpacked bytes of a zip entry: as many as the directory says, with its checksum, or an error.</summary>
/// <param name="bytes">What is read.</param>
/// <param name="entry">What is expected.</param>
internal sealed class CheckedStream(Stream bytes, ZipEntry entry) : Stream
{
    private uint checksum;
    private long position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => entry.Length;

    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        int count;
        try
        {
            count = bytes.Read(buffer);
        }
        catch (InvalidDataException broken)
        {
            throw Wrong(CheckpointError.BrokenZip, $"cannot be unpacked ({broken.Message.TrimEnd('.')})");
        }

        checksum = Crc32.Append(checksum, buffer[..count]);
        position += count;
        if (position > entry.Length || (count == 0 && position < entry.Length))
        {
            throw Wrong(CheckpointError.BrokenZip,
                $"unpacks to another length than the {entry.Length} bytes that its archive says");
        }

        if (position == entry.Length && checksum != entry.Checksum)
        {
            throw Wrong(CheckpointError.Checksum, $"has the checksum {checksum:x8}, its archive says {entry.Checksum:x8}");
        }

        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        bytes.Dispose();
        base.Dispose(disposing);
    }

    private CheckpointException Wrong(CheckpointError error, string what) =>
        new(error, $"its part '{Printable.Of(entry.Name)}' {what}. The file is damaged: copy or download it again.");
}
