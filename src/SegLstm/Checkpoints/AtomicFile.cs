using System.Text;

namespace SegLstm.Checkpoints;

/// <summary>
/// Writes a file that appears whole or not at all. The bytes go to <see cref="TemporaryPath"/> in the same folder;
/// <see cref="Commit"/> flushes them to the disk, renames the file, and flushes the folder. A process killed at any time leaves
/// the old file or the new one. Programs that have the old file open or mapped keep reading the old one.
/// </summary>
public sealed class AtomicFile : IDisposable
{
    private bool committed;

    /// <summary>Chooses the temporary name. Nothing is created yet, except that the folder must exist.</summary>
    /// <param name="path">The file to write. A symbolic link is followed; an existing file's permissions are kept.</param>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public AtomicFile(string path)
    {
        var target = System.IO.Path.GetFullPath(path);
        // ResolveLinkTarget throws where there is no file yet; a link may point to a file that is still to be made.
        Path = new FileInfo(target).LinkTarget is null ? target : File.ResolveLinkTarget(target, returnFinalTarget: true)!.FullName;
        var folder = System.IO.Path.GetDirectoryName(Path);
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"Cannot write {path}: the folder {folder} does not exist. Create it or choose another.");
        }

        if (Directory.Exists(Path))
        {
            throw new IOException($"Cannot write {path}: it is a folder. Give the name of a file.");
        }

        // The extension stays last: some writers choose their format by it.
        var stem = System.IO.Path.GetFileNameWithoutExtension(Path);
        TemporaryPath = System.IO.Path.Combine(folder, $".{stem}.{Guid.NewGuid():N}.tmp{System.IO.Path.GetExtension(Path)}");
    }

    /// <summary>The file that <see cref="Commit"/> makes or replaces.</summary>
    public string Path { get; }

    /// <summary>Where to write until then.</summary>
    public string TemporaryPath { get; }

    /// <summary>Writes a file through a stream.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="write">Writes all bytes; if it throws, nothing changes.</param>
    /// <exception cref="IOException">The disk is full, or the file cannot be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        using var file = new AtomicFile(path);
        using (var stream = new FileStream(file.TemporaryPath, FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            write(stream);
        }

        file.Commit();
    }

    /// <summary>Writes text as UTF-8 without a byte order mark.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="text">Its whole contents.</param>
    public static void WriteText(string path, string text) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    /// <summary>Makes what was written to <see cref="TemporaryPath"/> the file, durably.</summary>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    /// <exception cref="IOException">The disk refuses; the old file is untouched.</exception>
    public void Commit()
    {
        if (committed)
        {
            throw new InvalidOperationException($"{Path} was committed already.");
        }

        using (var handle = File.OpenHandle(TemporaryPath, FileMode.Open, FileAccess.ReadWrite))
        {
            RandomAccess.FlushToDisk(handle);
        }

        if (!OperatingSystem.IsWindows() && File.Exists(Path))
        {
            File.SetUnixFileMode(TemporaryPath, File.GetUnixFileMode(Path));
        }

        File.Move(TemporaryPath, Path, overwrite: true);
        committed = true;
        FolderFlush.Flush(System.IO.Path.GetDirectoryName(Path)!);
    }

    /// <summary>Removes the temporary file where it was not committed.</summary>
    public void Dispose()
    {
        if (!committed)
        {
            File.Delete(TemporaryPath);
        }
    }
}
