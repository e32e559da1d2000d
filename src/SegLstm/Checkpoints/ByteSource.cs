namespace SegLstm.Checkpoints;

/// <summary>Bytes that are read at any place: a file, or what was unpacked from one.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>Bytes there are.</summary>
    public abstract long Length { get; }

    /// <summary>Fills a span.</summary>
    /// <param name="at">The first byte.</param>
    /// <param name="target">Where they go.</param>
    /// <exception cref="CheckpointException">There are not so many.</exception>
    public void Read(long at, Span<byte> target)
    {
        if (at < 0 || target.Length > Length - at)
        {
            throw new CheckpointException(CheckpointError.Truncated,
                $"{target.Length} bytes are expected at byte {at}, but it has {Length}. It is cut off: copy or download it "
                    + "again.");
        }

        Fill(at, target);
    }

    /// <summary>A stream over a part.</summary>
    public Stream Open(long at, long length) => new ByteSourceStream(this, at, length);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>Fills a span that lies within the bytes there are.</summary>
    protected abstract void Fill(long at, Span<byte> target);
}
