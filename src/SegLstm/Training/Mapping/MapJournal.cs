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
    private const string IdentityName = "map.json", Ending = ".strip", AnyStrip = "row-*" + Ending;
    private const int HeaderBytes = 20, DigestBytes = 32;

    private static readonly byte[] Mark = "SEGSTRIP"u8.ToArray();

    private readonly RunLock? _lock;
    private readonly SlidingWindows _windows;
    private readonly bool[] _kept;

    private MapJournal(string folder, SlidingWindows windows, RunLock? taken) =>
        (Folder, _windows, _lock, _kept) = (folder, windows, taken, new bool[windows.Rows.Count]);

    /// <summary>The folder of the strips.</summary>
    public string Folder { get; }

    /// <summary>Strips of the map.</summary>
    public int Count => _kept.Length;

    /// <summary>Rows of the map that are kept, as far as this process knows.</summary>
    public int FinishedRows => Enumerable.Range(0, _kept.Length).Where(strip => _kept[strip]).Sum(RowsOf);

    /// <summary>The strips that are not kept, as far as this process knows, each by the row of windows that it begins with.</summary>
    public IReadOnlyList<int> Missing => [.. Enumerable.Range(0, _kept.Length).Where(strip => !_kept[strip])];

    /// <summary>Where the strips of a map are kept.</summary>
    /// <param name="destination">The map.</param>
    public static string FolderOf(string destination) => Path.GetFullPath(destination) + ".strips";

    /// <summary>Begins a journal, or goes on with one.</summary>
    /// <param name="destination">The map.</param>
    /// <param name="windows">The windows that lie over it: a strip begins with each row of them.</param>
    /// <param name="identity">All that it depends on.</param>
    /// <param name="resume">Whether strips that are there are taken.</param>
    /// <exception cref="IOException">There are strips and they are not to be taken; they are another map's; or another process
    /// makes this map.</exception>
    public static MapJournal Open(string destination, SlidingWindows windows, MapIdentity identity, bool resume)
    {
        string folder = FolderOf(destination);
        Directory.CreateDirectory(folder);
        var journal = new MapJournal(folder, windows, new RunLock(folder));
        try
        {
            journal.Begin(identity, resume);
            journal.Look();
            return journal;
        }
        catch
        {
            journal._lock!.Dispose();
            throw;
        }
    }

    /// <summary>Keeps strips in a journal that another process has opened, and holds.</summary>
    /// <param name="destination">The map.</param>
    /// <param name="windows">The windows that lie over it.</param>
    public static MapJournal Join(string destination, SlidingWindows windows) => new(FolderOf(destination), windows, taken: null);

    /// <summary>Looks which strips are there and whole, those of other processes too.</summary>
    public void Look()
    {
        for (int strip = 0; strip < _kept.Length; strip++) _kept[strip] = ReadStrip(strip) is not null;
    }

    /// <summary>Keeps a strip, durably.</summary>
    /// <param name="top">Its first row.</param>
    /// <param name="classes">Whole rows, up to the next strip.</param>
    /// <exception cref="ArgumentException">There is no such strip.</exception>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Keep(int top, ReadOnlySpan<byte> classes)
    {
        int strip = _windows.Rows.ToList().BinarySearch(top);
        if (strip < 0 || classes.Length != PixelsOf(strip))
        {
            throw new ArgumentException($"There is no strip of {classes.Length} pixels at row {top}.", nameof(top));
        }

        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Fastest, leaveOpen: true)) deflate.Write(classes);
        byte[] header = Header(strip), body = packed.ToArray();
        AtomicFile.Write(PathOf(strip), file =>
        {
            file.Write(header);
            file.Write(Digest(header, body));
            file.Write(body);
        });
        _kept[strip] = true;
    }

    /// <summary>The strips from top to bottom, each whole rows.</summary>
    /// <exception cref="InvalidDataException">One is missing, or was damaged since it was kept.</exception>
    public IEnumerable<byte[]> Strips() => Enumerable.Range(0, _kept.Length).Select(strip => ReadStrip(strip)
        ?? throw new InvalidDataException($"'{PathOf(strip)}' was damaged while the map was made: start again with --resume."));

    /// <summary>Removes the folder: the map has all that it holds.</summary>
    public void Remove()
    {
        _lock?.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Lets the folder go, for whoever goes on; with no strip in it, removes it.</summary>
    public void Dispose()
    {
        if (_lock is null) return;
        _lock.Dispose();
        if (Directory.Exists(Folder) && !Directory.EnumerateFiles(Folder, AnyStrip).Any()) Directory.Delete(Folder, recursive: true);
    }

    private void Begin(MapIdentity identity, bool resume)
    {
        string path = Path.Combine(Folder, IdentityName);
        string[] strips = [.. Directory.EnumerateFiles(Folder, AnyStrip)];
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

    /// <summary>Pixels of a strip.</summary>
    internal long PixelsOf(int strip) => (long)RowsOf(strip) * _windows.Width;

    private int RowsOf(int strip) => _windows.FinalRowsAfter(strip) - _windows.Rows[strip];

    private string PathOf(int strip) => Path.Combine(Folder, $"row-{_windows.Rows[strip]:0000000000}{Ending}");

    private byte[] Header(int strip)
    {
        byte[] header = new byte[HeaderBytes];
        Mark.CopyTo(header, 0);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), _windows.Rows[strip]);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), RowsOf(strip));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), _windows.Width);
        return header;
    }

    // Null where there is none, or where it is not what was written.
    private byte[]? ReadStrip(int strip)
    {
        string path = PathOf(strip);
        if (!File.Exists(path)) return null;
        byte[] file = File.ReadAllBytes(path);
        if (file.Length <= HeaderBytes + DigestBytes) return null;
        byte[] header = file[..HeaderBytes], body = file[(HeaderBytes + DigestBytes)..];
        if (!Header(strip).AsSpan().SequenceEqual(header)
            || !Digest(header, body).AsSpan().SequenceEqual(file.AsSpan(HeaderBytes, DigestBytes)))
        {
            return null;
        }

        byte[] classes = new byte[PixelsOf(strip)];
        using var deflate = new DeflateStream(new MemoryStream(body), CompressionMode.Decompress);
        deflate.ReadExactly(classes);
        return classes;
    }
}
