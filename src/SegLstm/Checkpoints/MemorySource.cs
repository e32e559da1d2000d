namespace SegLstm.Checkpoints;

/// <summary>Bytes in memory.</summary>
internal sealed class MemorySource(byte[] bytes) : ByteSource
{
    public override long Length => bytes.LongLength;

    protected override void Fill(long at, Span<byte> target) => bytes.AsSpan((int)at, target.Length).CopyTo(target);
}
