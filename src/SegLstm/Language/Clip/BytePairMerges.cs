using System.IO.Compression;
using System.Text;

namespace SegLstm.Language.Clip;

/// <summary>CLIP's 48,894 merges of byte pairs, the most frequent first.</summary>
/// <remarks>The file comes with CLIP's weights, not with this library: OpenAI's <c>bpe_simple_vocab_16e6.txt.gz</c> or the
/// <c>merges.txt</c> of copies at Hugging Face. Line 0 is a header; lines behind the last merge that CLIP uses are not
/// read.</remarks>
public sealed class BytePairMerges
{
    /// <summary>Merges that CLIP uses.</summary>
    public const int Count = 48894;

    private const int LongestLine = 512;

    private static readonly string[] FileNames = ["bpe_simple_vocab_16e6.txt.gz", "bpe_simple_vocab_16e6.txt", "merges.txt"];

    private BytePairMerges(IReadOnlyList<(string Left, string Right)> pairs) => Pairs = pairs;

    /// <summary>The pairs in the order in which they are merged.</summary>
    public IReadOnlyList<(string Left, string Right)> Pairs { get; }

    /// <summary>The merges file in a folder.</summary>
    /// <returns>Its path; null where there is none under the usual names.</returns>
    public static string? FindIn(string folder) =>
        FileNames.Select(name => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Reads the file beside a checkpoint.</summary>
    /// <param name="checkpoint">Path of the weights.</param>
    /// <exception cref="FileNotFoundException">There is none; the message says which names are looked for.</exception>
    /// <exception cref="InvalidDataException">It is no merges file.</exception>
    public static BytePairMerges Beside(string checkpoint)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(checkpoint))!;
        return Load(FindIn(folder) ?? throw new FileNotFoundException(
            $"CLIP's byte pairs are not beside {checkpoint}: expected {string.Join(", ", FileNames[..^1])} or {FileNames[^1]} in "
            + $"{folder}. Put the file there (it is clip/{FileNames[0]} in openai/CLIP), or name it with --bpe."));
    }

    /// <summary>Reads a merges file, plain or gzip.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no merges file: the message says which line.</exception>
    public static BytePairMerges Load(string path)
    {
        using var file = File.OpenRead(path);
        var zipped = file.ReadByte() == 0x1F && file.ReadByte() == 0x8B;
        file.Position = 0;
        using Stream stream = zipped ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(stream, new UTF8Encoding(false, throwOnInvalidBytes: true));
        var pairs = new List<(string, string)>(Count);
        try
        {
            for (var line = 0; line <= Count; line++)
            {
                var text = ReadLine(reader)
                    ?? throw Wrong(path, line, $"the file ends: expected a header and {Count} merges");
                if (line > 0)
                {
                    var at = text.IndexOf(' ');
                    pairs.Add(at > 0 && at < text.Length - 1 && text.IndexOf(' ', at + 1) < 0
                        ? (text[..at], text[(at + 1)..])
                        : throw Wrong(path, line, "expected two symbols with a blank between them"));
                }
            }
        }
        catch (Exception damaged) when (damaged is DecoderFallbackException || (damaged is InvalidDataException && damaged.HelpLink is null))
        {
            throw Wrong(path, pairs.Count + 1, damaged.Message);
        }

        return new BytePairMerges(pairs);
    }

    private static string? ReadLine(StreamReader reader)
    {
        var line = new StringBuilder();
        for (var next = reader.Read(); next != '\n'; next = reader.Read())
        {
            if (next < 0)
            {
                return line.Length > 0 ? line.ToString() : null;
            }

            line.Append((char)next);
            if (line.Length > LongestLine)
            {
                throw new InvalidDataException($"a line is longer than {LongestLine} characters");
            }
        }

        return line.ToString().TrimEnd('\r');
    }

    private static InvalidDataException Wrong(string path, int line, string what) => new(
        $"{path} is no file of CLIP's byte pairs (line {line}): {what}. Take clip/{FileNames[0]} of openai/CLIP.")
    {
        HelpLink = path,
    };
}
