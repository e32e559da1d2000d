using System.IO.Compression;
using SegLstm.Checkpoints.Pth;

namespace SegLstm.Data.Benchmarks.Archives;

/// <summary>
/// Unpacks an archive that is not trusted: nothing is written outside the folder, no links are made, and neither one file nor all
/// together become larger than they declare, which is checked against what packing can reach and the disk has before anything is
/// written.
/// </summary>
public static class SafeUnzip
{
    // Deflate cannot pack better than 1032 to 1.
    private const long MostExpansion = 1032;

    private const int MostEntries = 1_000_000, BufferBytes = 1 << 18, LinkMode = 0xA000, ModeMask = 0xF000;

    /// <summary>Unpacks. Files that are there with the declared size stay, so that unpacking again goes on where it was cut off.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">Where to; it exists.</param>
    /// <param name="progress">Is told how many of how many bytes are written.</param>
    /// <param name="stop">Ends the work between two pieces; whole files stay.</param>
    /// <returns>Number of files.</returns>
    /// <exception cref="ArchiveException">The archive is truncated, damaged or refused.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static int Unpack(string path, string folder, Action<long, long>? progress = null, CancellationToken stop = default)
    {
        string root = Path.GetFullPath(folder);
        try
        {
            using ZipArchive zip = ZipFile.OpenRead(path);
            // A name that ends with a slash is a folder; folders are made with their files.
            ZipArchiveEntry[] files = [.. zip.Entries.Where(entry => !entry.FullName.EndsWith('/'))];
            Check(path, root, zip.Entries.Count, files);
            long total = files.Sum(entry => entry.Length), done = 0;
            foreach (ZipArchiveEntry entry in files)
            {
                stop.ThrowIfCancellationRequested();
                string target = Target(path, root, entry);
                if (!File.Exists(target) || new FileInfo(target).Length != entry.Length) Write(path, entry, target, stop);
                done += entry.Length;
                progress?.Invoke(done, total);
            }

            return files.Length;
        }
        catch (InvalidDataException fault)
        {
            throw new ArchiveException(
                $"'{path}' ({new FileInfo(path).Length:N0} bytes) is truncated, damaged or no zip archive: {fault.Message} Get "
                + "it again and compare its size and digest.", fault);
        }
    }

    private static void Check(string path, string root, int entries, ZipArchiveEntry[] files)
    {
        if (entries > MostEntries) throw Refused(path, $"it has {entries:N0} entries; at most {MostEntries:N0} are taken");
        long length = new FileInfo(path).Length, total = 0;
        var targets = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (ZipArchiveEntry entry in files)
        {
            if (!targets.Add(Target(path, root, entry))) throw Refused(path, $"it has '{entry.FullName}' twice");
            if ((entry.ExternalAttributes >> 16 & ModeMask) == LinkMode) throw Refused(path, $"'{entry.FullName}' is a link");
            if (entry.Length > MostExpansion * Math.Max(1, entry.CompressedLength) || entry.CompressedLength > length)
                throw Refused(path, $"'{entry.FullName}' declares {entry.Length:N0} bytes packed in {entry.CompressedLength:N0}, more "
                    + $"than packing can reach");
            total = checked(total + entry.Length);
        }

        // Entries that share packed bytes would pass one by one.
        if (total > MostExpansion * length) throw Refused(path, $"its {length:N0} bytes declare {total:N0}, more than packing can reach");
        long free = new DriveInfo(root).AvailableFreeSpace;
        if (total > free) throw Refused(path,
            $"it unpacks to {total:N0} bytes and the disk has {free:N0}: make room or choose another folder");
    }

    private static string Target(string path, string root, ZipArchiveEntry entry)
    {
        string name = entry.FullName.Replace('\\', '/');
        bool isPlain = name.Length > 0 && name[0] != '/' && !name.Contains(':', StringComparison.Ordinal)
            && !name.Contains('\0', StringComparison.Ordinal)
            && name.Split('/').All(part => part is not (".." or "." or ""));
        return isPlain ? Path.Combine(root, name) : throw Refused(path, $"'{entry.FullName}' would lie outside the folder");
    }

    private static void Write(string path, ZipArchiveEntry entry, string target, CancellationToken stop)
    {
        string folder = Path.GetDirectoryName(target)!, temporary = target + ".unpacking";
        Directory.CreateDirectory(folder);
        try
        {
            using (Stream source = entry.Open())
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, BufferBytes))
            {
                byte[] buffer = new byte[BufferBytes];
                long written = 0;
                uint checksum = 0;
                while (source.Read(buffer) is > 0 and int count)
                {
                    stop.ThrowIfCancellationRequested();
                    written += count;
                    if (written > entry.Length) throw Refused(path,
                        $"'{entry.FullName}' holds more than the {entry.Length:N0} bytes it declares");
                    checksum = Crc32.Append(checksum, buffer.AsSpan(0, count));
                    file.Write(buffer, 0, count);
                }

                // .NET reads no further than what is declared, and compares no checksums.
                if (written == entry.Length && checksum != entry.Crc32) throw new InvalidDataException(
                    $"'{entry.FullName}' has other bytes than its checksum says.");
                if (written < entry.Length) throw new InvalidDataException($"'{entry.FullName}' ends after {written:N0} of "
                    + $"{entry.Length:N0} bytes.");
            }

            File.Move(temporary, target, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static ArchiveException Refused(string path, string why) => new($"'{path}' is not unpacked: {why}.");
}
