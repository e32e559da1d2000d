using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using SegLstm.Checkpoints;

namespace SegLstm.Training.Mapping;

/// <summary>
/// The finished strips of a map that is being made, in a folder beside it: MAP.strips. Each strip is a file of its own that appears
/// whole and is checksummed, so that a process that is killed at any time loses the strip that it was at and no more.
/// </summary>
/// <remarks>A strip is "SEGSTRIP", its first row, its rows and its width as little-endian int32, the SHA-256 of these 20 bytes and of
/// what follows, and its classes under Deflate.</remarks>
public sealed class MapJournal : IDisposable
{
    private const string IdentityName = "map.json", Ending = ".strip";
    private const int HeaderBytes = 20, DigestBytes = 32;

    private static readonly byte[] Mark = "SEGSTRIP"u8.ToArray();

    private readonly RunLock _lock;
    private readonly int _width;

    private MapJournal(string folder, int width, RunLock taken) => (Folder, _width, _lock) = (folder, width, taken);

    /// <summary>The folder of the strips.</summary>
    public string Folder { get; }

    /// <summary>Rows that are kept, from the first on, without a gap.</summary>
    public int FinishedRows { get; private set; }

    /// <summary>Where the strips of a map are kept.</summary>
    /// <param name="destination">The map.</param>
    public static string FolderOf(string destination) => Path.GetFullPath(destination) + ".strips";

    /// <summary>Begins a journal, or goes on with one.</summary>
    /// <param name="destination">The map.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="identity">All that it depends on.</param>
    /// <param name="resume">Whether strips that are there are taken.</param>
    /// <exception cref="IOException">There are strips and they are not to be taken; they are another map's; or another process
    /// makes this map.</exception>
    public static MapJournal Open(string destination, int width, int height, MapIdentity identity, bool resume)
    {
        string folder = FolderOf(destination);
        Directory.CreateDirectory(folder);
        var journal = new MapJournal(folder, width, new RunLock(folder));
        try
        {
            journal.Begin(identity, resume);
            // What stands behind a strip that is missing or damaged is made again.
            while (journal.FinishedRows < height && journal.ReadStrip(journal.FinishedRows) is { } strip)
            {
                journal.FinishedRows += strip.Length / width;
            }

            return journal;
        }
        catch
        {
            journal._lock.Dispose();
            throw;
        }
    }

    /// <summary>Keeps a strip, durably.</summary>
    /// <param name="top">Its first row, which is the first that is not kept.</param>
    /// <param name="classes">Whole rows.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Keep(int top, ReadOnlySpan<byte> classes)
    {
        if (top != FinishedRows) throw new ArgumentException($"The strip of row {top} comes behind {FinishedRows} rows.", nameof(top));
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(classes);
        byte[] header = Header(top, classes.Length / _width), body = packed.ToArray();
        AtomicFile.Write(PathOf(top), file =>
        {
            file.Write(header);
            file.Write(Digest(header, body));
            file.Write(body);
        });
        FinishedRows += classes.Length / _width;
    }

    /// <summary>The kept strips from top to bottom, each whole rows.</summary>
    /// <exception cref="InvalidDataException">One was damaged since it was kept.</exception>
    public IEnumerable<byte[]> Strips()
    {
        for (int top = 0; top < FinishedRows;)
        {
            byte[] strip = ReadStrip(top)
                ?? throw new InvalidDataException($"'{PathOf(top)}' was damaged while the map was made: start again with --resume.");
            yield return strip;
            top += strip.Length / _width;
        }
    }

    /// <summary>Removes the folder: the map has all that it holds.</summary>
    public void Remove()
    {
        _lock.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Lets the folder go, for whoever goes on; with no strip in it, removes it.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        if (FinishedRows == 0 && Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }

    private void Begin(MapIdentity identity, bool resume)
    {
        string path = Path.Combine(Folder, IdentityName);
        string[] strips = [.. Directory.EnumerateFiles(Folder, "row-*" + Ending)];
        if (strips.Length == 0 || Read(path) is not { } earlier)
        {
            foreach (string strip in strips) File.Delete(strip);
            AtomicFile.WriteText(path, JsonSerializer.Serialize(identity.Parts, RunJson.Indented) + "\n");
        }
        else if (!resume)
        {
            throw new IOException(
                $"'{Folder}' holds strips of a map that was cut off: go on with --resume, or delete the folder to begin anew.");
        }
        else if (identity.Differences(earlier).ToArray() is { Length: > 0 } differences)
        {
            throw new IOException(
                $"'{Folder}' holds strips of another map, which cannot be gone on with: {string.Join("; ", differences)}. Give what was "
                + "given then, delete the folder to begin anew, or choose another place for this map.");
        }

        foreach (string file in Directory.EnumerateFiles(Folder).Where(file => !IsOurs(file))) File.Delete(file);
    }

    private static MapIdentity? Read(string path)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) is { } parts ? new(parts) : null;
        }
        catch (JsonException)
        {
            throw new IOException($"'{path}' is damaged: delete its folder to begin the map anew.");
        }
    }

    private static byte[] Digest(byte[] header, byte[] body)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(header);
        digest.AppendData(body);
        return digest.GetHashAndReset();
    }

    private static bool IsOurs(string file) => Path.GetFileName(file) is var name
        && (name == IdentityName || name.StartsWith("run.lock", StringComparison.Ordinal)
            || (name.StartsWith("row-", StringComparison.Ordinal) && name.EndsWith(Ending, StringComparison.Ordinal)));

    private string PathOf(int top) => Path.Combine(Folder, $"row-{top:0000000000}{Ending}");

    private byte[] Header(int top, int rows)
    {
        byte[] header = new byte[HeaderBytes];
        Mark.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), top);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), rows);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), _width);
        return header;
    }

    // Null where there is none, or where it is not what was written.
    private byte[]? ReadStrip(int top)
    {
        string path = PathOf(top);
        if (!File.Exists(path)) return null;
        byte[] file = File.ReadAllBytes(path);
        if (file.Length <= HeaderBytes + DigestBytes) return null;
        byte[] header = file[..HeaderBytes], body = file[(HeaderBytes + DigestBytes)..];
        int rows = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(12));
        if (rows < 1 || !Header(top, rows).AsSpan().SequenceEqual(header)
            || !Digest(header, body).AsSpan().SequenceEqual(file.AsSpan(HeaderBytes, DigestBytes)))
        {
            return null;
        }

        byte[] classes = new byte[(long)rows * _width];
        using var deflate = new DeflateStream(new MemoryStream(body), CompressionMode.Decompress);
        deflate.ReadExactly(classes);
        return classes;
    }
}
