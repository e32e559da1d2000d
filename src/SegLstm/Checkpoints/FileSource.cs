using Microsoft.Win32.SafeHandles;

namespace SegLstm.Checkpoints;

/// <summary>A file's bytes. It is read, not mapped: a file that somebody cuts off meanwhile is an error, not a crash.</summary>
internal sealed class FileSource : ByteSource
{
    private readonly SafeFileHandle handle;

    /// <summary>Opens a file.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public FileSource(string path)
    {
        handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        Length = RandomAccess.GetLength(handle);
    }

    public override long Length { get; }

    public override void Dispose() => handle.Dispose();

    protected override void Fill(long at, Span<byte> target)
    {
        while (target.Length > 0)
        {
            var count = RandomAccess.Read(handle, target, at);
            if (count == 0)
            {
                throw new CheckpointException(CheckpointError.FileChanged,
                    $"it had {Length} bytes when it was opened and ends at byte {at} now. Something wrote into it; open it "
                        + "again.");
            }

            target = target[count..];
            at += count;
        }
    }
}
