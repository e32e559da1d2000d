using System.Text;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Language.Clip;

/// <summary>CLIP's tokenizer: byte pairs, lower case, a start and an end token, padded with zeros to 77.</summary>
/// <remarks>
/// <para>Ids: 0 to 255 the bytes, 256 to 511 the bytes at the end of a word, then the merges in their order, 49406 the start and
/// 49407 the end. The two special tokens written in a text are those tokens, as in the original.</para>
/// <para>Source: openai/CLIP, <c>simple_tokenizer.py</c>, <c>clip.tokenize</c>. Deviation: text is mended as far as
/// ftfy's steps are done here (README, "Words"); labels of data sets need none of them.</para>
/// <code>
/// var tokenizer = new ClipTokenizer(BytePairMerges.Load("bpe_simple_vocab_16e6.txt.gz"));
/// tokenizer.Encode("a photo of a dog.");         // 320, 1125, 539, 320, 1929, 269
/// </code>
/// </remarks>
public sealed class ClipTokenizer
{
    /// <summary>Tokens of a text with its start and end.</summary>
    public const int ContextLength = 77;

    /// <summary>The start token.</summary>
    public const string StartText = "<|startoftext|>";

    /// <summary>The end token.</summary>
    public const string EndText = "<|endoftext|>";

    private const string EndOfWord = "</w>";

    // Merging takes time with the square of a piece's length; a text of this length is far beyond 77 tokens.
    private const int MostLetters = 16384;

    private static readonly string[] ByteSymbols = Symbols();

    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), int> ranks = [];

    /// <summary>Makes the tokenizer.</summary>
    /// <param name="merges">CLIP's merges.</param>
    public ClipTokenizer(BytePairMerges merges)
    {
        string[] order = [.. PrintableBytes.Concat(OtherBytes).Select(value => ByteSymbols[value])];
        IEnumerable<string> vocabulary =
        [
            .. order, .. order.Select(symbol => symbol + EndOfWord), .. merges.Pairs.Select(pair => pair.Left + pair.Right),
            StartText, EndText,
        ];
        // Where two merges give the same symbol the later id stands, as in Python's dict(zip(...)).
        foreach (var (symbol, id) in vocabulary.Select((symbol, id) => (symbol, id)))
        {
            ids[symbol] = id;
        }

        for (var rank = 0; rank < merges.Pairs.Count; rank++)
        {
            ranks[merges.Pairs[rank]] = rank;
        }
    }

    /// <summary>Tokens in the vocabulary.</summary>
    public static int VocabularySize => 512 + BytePairMerges.Count + 2;

    /// <summary>Id of the start token.</summary>
    public int Start => ids[StartText];

    /// <summary>Id of the end token.</summary>
    public int End => ids[EndText];

    private static IEnumerable<int> PrintableBytes =>
        [.. Enumerable.Range(33, 94), .. Enumerable.Range(161, 12), .. Enumerable.Range(174, 82)];

    private static IEnumerable<int> OtherBytes => Enumerable.Range(0, 256).Except(PrintableBytes);

    /// <summary>The ids of a text, without start, end and padding.</summary>
    /// <exception cref="ArgumentException">The text has more than 16,384 characters.</exception>
    public IReadOnlyList<int> Encode(string text)
    {
        if (text.Length > MostLetters)
        {
            throw new ArgumentException($"A text of {text.Length} characters is no label: expected at most {MostLetters}.", nameof(text));
        }

        return [.. WordPieces.Of(TextCleaning.Clean(text)).SelectMany(Merge)];
    }

    /// <summary>The ids of texts with start and end, padded with zeros: int64 <c>(N, 77)</c>.</summary>
    /// <param name="texts">N texts.</param>
    /// <param name="truncate">Cuts what is too long, and puts the end token last; else it is an error.</param>
    /// <exception cref="ArgumentException">A text has more than 75 tokens; the message says which, and how many.</exception>
    public Tensor Tokenize(IReadOnlyList<string> texts, bool truncate = false)
    {
        var rows = new long[texts.Count * ContextLength];
        for (var n = 0; n < texts.Count; n++)
        {
            int[] tokens = [Start, .. Encode(texts[n]), End];
            if (tokens.Length > ContextLength)
            {
                tokens = truncate ? [.. tokens.Take(ContextLength - 1), End] : throw new ArgumentException(
                    $"The label '{Shown(texts[n])}' has {tokens.Length} tokens with start and end: CLIP reads {ContextLength}. "
                    + "Say it in fewer words.", nameof(texts));
            }

            for (var i = 0; i < tokens.Length; i++)
            {
                rows[(n * ContextLength) + i] = tokens[i];
            }
        }

        return tensor(rows, [texts.Count, ContextLength]);
    }

    private static string Shown(string text) => text.Length <= 60 ? text : text[..57] + "...";

    private IEnumerable<int> Merge(string piece)
    {
        if (piece is StartText or EndText)
        {
            return [ids[piece]];
        }

        var word = Encoding.UTF8.GetBytes(piece).Select(value => ByteSymbols[value]).ToList();
        word[^1] += EndOfWord;
        while (word.Count > 1)
        {
            var best = word.Zip(word.Skip(1)).MinBy(pair => ranks.GetValueOrDefault(pair, int.MaxValue));
            if (!ranks.ContainsKey(best))
            {
                break;
            }

            word = Join(word, best);
        }

        return word.Select(symbol => ids[symbol]);
    }

    private static List<string> Join(List<string> word, (string Left, string Right) pair)
    {
        var joined = new List<string>(word.Count);
        for (var i = 0; i < word.Count; i++)
        {
            if (i + 1 < word.Count && word[i] == pair.Left && word[i + 1] == pair.Right)
            {
                joined.Add(pair.Left + pair.Right);
                i++;
            }
            else
            {
                joined.Add(word[i]);
            }
        }

        return joined;
    }

    /// <summary>A printable character for each byte: its own where it has one, else those from U+0100 on.</summary>
    private static string[] Symbols()
    {
        var symbols = new string[256];
        foreach (var value in PrintableBytes)
        {
            symbols[value] = ((char)value).ToString();
        }

        foreach (var (value, n) in OtherBytes.Select((value, n) => (value, n)))
        {
            symbols[value] = ((char)(256 + n)).ToString();
        }

        return symbols;
    }
}
