using System.Text.Json;
using SegLstm.Language.Clip;
using TorchSharp;

namespace SegLstm.Tests.Language.Clip;

public class ClipTokenizerTests
{
    private static ClipTokenizer Tokenizer => Merges.Tokenizer;

    [Fact]
    public void Every_golden_text_has_the_golden_ids()
    {
        var official = new ClipTokenizer(BytePairMerges.Load(Merges.Official));
        using var golden = JsonDocument.Parse(File.ReadAllBytes(
            Path.Combine(Path.GetDirectoryName(Merges.Official)!, "..", "..", "goldens", "clip", "bpe_tokens.json")));
        var wrong = golden.RootElement.GetProperty("cases").EnumerateArray().Where(entry =>
        {
            int[] ids = [official.Start, .. official.Encode(entry.GetProperty("text").GetString()!), official.End];
            return !ids.SequenceEqual(entry.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()));
        }).Select(entry => entry.GetProperty("text").GetRawText());
        Assert.Empty(wrong);
    }

    [Fact]
    public void Bytes_come_first_then_bytes_that_end_a_word_then_the_merges()
    {
        Assert.Equal([320], Tokenizer.Encode("a"));
        // "do" and "dog" are the first two merges.
        Assert.Equal([513], Tokenizer.Encode("Dog"));
        Assert.Equal((49406, 49407, 49408), (Tokenizer.Start, Tokenizer.End, ClipTokenizer.VocabularySize));
    }

    [Fact]
    public void The_official_vocabulary_has_the_official_numbers()
    {
        var official = new ClipTokenizer(BytePairMerges.Load(Merges.Official));
        Assert.Equal([518], official.Encode("the"));
        Assert.Equal([1929], official.Encode("Dog"));
    }

    // A text's ids spell it: the bytes of the symbols, in their order, are those of the clean text without its blanks.
    [Theory]
    [InlineData("Sentinel-2 L2A, 10 m")]
    [InlineData("Schöne Grüße aus Köln")]
    [InlineData("𝔘nicode 🛰️ and ٣ digits")]
    [InlineData("ΟΔΟΣ Σ ς")]
    [InlineData("x'll 'S isn't")]
    public void Ids_spell_the_text(string text)
    {
        var vocabulary = Vocabulary();
        var spelt = string.Concat(Tokenizer.Encode(text).Select(id => vocabulary[id].Replace("</w>", "")));
        var clean = TextCleaning.Clean(text).Replace(" ", "");
        Assert.Equal(string.Concat(System.Text.Encoding.UTF8.GetBytes(clean).Select(value => vocabulary[IdOfByte(value)])), spelt);
    }

    [Fact]
    public void Special_tokens_in_a_text_are_those_tokens_in_any_case() =>
        Assert.Equal([49406, 320, 49407], Tokenizer.Encode("<|STARTOFTEXT|> a <|endoftext|>"));

    [Fact]
    public void Digits_are_single_tokens_and_letters_beyond_the_first_plane_are_letters()
    {
        Assert.Equal(4, Tokenizer.Encode("2026").Count);
        Assert.Single(WordPieces.Of("𝔘𝔫𝔦"));
        Assert.Equal(["a", "\u0301b"[..1], "b"], WordPieces.Of("a\u0301b"));
    }

    [Fact]
    public void Rows_are_padded_with_zeros_to_77()
    {
        using var ids = Tokenizer.Tokenize(["dog", "a dog"]);
        Assert.Equal([2, 77], ids.shape);
        Assert.Equal([49406, 513, 49407, 0], ids[0].narrow(0, 0, 4).data<long>().ToArray());
        Assert.Equal(0, ids[1].narrow(0, 4, 73).sum().item<long>());
    }

    [Fact]
    public void A_label_of_76_tokens_is_refused_and_one_of_75_is_not()
    {
        using var fits = Tokenizer.Tokenize([string.Join(' ', Enumerable.Repeat("word", 75))]);
        Assert.Equal(49407, fits[0, 76].item<long>());
        var longer = string.Join(' ', Enumerable.Repeat("word", 76));
        var refusal = Assert.Throws<ArgumentException>(() => Tokenizer.Tokenize(["dog", longer]));
        Assert.Contains("78 tokens", refusal.Message);
        using var cut = Tokenizer.Tokenize([longer], truncate: true);
        Assert.Equal(49407, cut[0, 76].item<long>());
    }

    [Fact]
    public void A_text_that_is_no_label_is_refused_before_it_costs_time() =>
        Assert.Throws<ArgumentException>(() => Tokenizer.Encode(new string('a', 20_000)));

    private static Dictionary<int, string> Vocabulary()
    {
        var merges = BytePairMerges.Load(Merges.File).Pairs.Select(pair => pair.Left + pair.Right);
        string[] bytes = [.. Enumerable.Range(0, 256).OrderBy(IdOfByte).Select(Symbol)];
        return bytes.Concat(bytes.Select(symbol => symbol + "</w>")).Concat(merges).Select((symbol, id) => (id, symbol))
            .ToDictionary(entry => entry.id, entry => entry.symbol);
    }

    private static bool IsPrintable(int value) => value is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);

    private static int IdOfByte(int value) => IsPrintable(value)
        ? Enumerable.Range(0, value).Count(IsPrintable)
        : 188 + Enumerable.Range(0, value).Count(other => !IsPrintable(other));

    private static string Symbol(int value) => ((char)(IsPrintable(value) ? value : 256 + IdOfByte(value) - 188)).ToString();
}
