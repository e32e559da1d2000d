using Microsoft.Win32.SafeHandles;

namespace SegLstm.Data.Arrays;

/// <summary>The bytes of a file, at any place, never beyond its end.</summary>
internal sealed class FileBytes : IDisposable
{
    private readonly SafeFileHandle _handle;

    internal FileBytes(string path)
    {
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        Length = RandomAccess.GetLength(_handle);
    }

    internal long Length { get; }

    /// <summary>Reads a piece. Memory is taken only for bytes that are there.</summary>
    /// <exception cref="ArrayFileException">The file ends before.</exception>
    internal byte[] Read(long at, long count)
    {
        Check(at, count);
        byte[] bytes = new byte[count];
        Read(at, bytes);
        return bytes;
    }

    /// <summary>Fills a span.</summary>
    /// <exception cref="ArrayFileException">The file ends before.</exception>
    internal void Read(long at, Span<byte> target)
    {
        Check(at, target.Length);
        while (target.Length > 0)
        {
            int got = RandomAccess.Read(_handle, target, at);
            if (got == 0) throw Short(at, target.Length);
            target = target[got..];
            at += got;
        }
    }

    /// <summary>Refuses a piece that does not lie within the file.</summary>
    /// <exception cref="ArrayFileException">The file ends before.</exception>
    internal void Check(long at, long count)
    {
        if (at < 0 || count < 0 || at > Length - count) throw Short(at, count);
    }

    /// <summary>A stream over a piece.</summary>
    internal Stream Open(long at, long count)
    {
        Check(at, count);
        return new BufferedStream(new PieceStream(this, at, count), 1 << 16);
    }

    public void Dispose() => _handle.Dispose();

    private ArrayFileException Short(long at, long count) =>
        ArrayFileException.Truncated(
            $"{count:N0} bytes are expected at byte {at:N0}, but the file has {Length:N0}. It is cut off or damaged: get it again.");

    private sealed class PieceStream(FileBytes file, long start, long length) : Stream
    {
        private long _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, length - _at);
            file.Read(start + _at, buffer[..count]);
            _at += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
