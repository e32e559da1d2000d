using SegLstm.Language.Clip;

namespace SegLstm.Tests.Language.Clip;

public class TextCleaningTests
{
    // Expected by the definitions of the standards and of Python's html, str.lower and ftfy.
    [Theory]
    [InlineData("  A \t\n b\u00A0c ", "a b c")]
    [InlineData("\u201Ccurly\u201D \u2018q\u2019", "\"curly\" 'q'")]
    [InlineData("\uFF34\uFF52\uFF45\uFF45\u3000\uFF76\uFF9E", "tree \u30AC")]
    [InlineData("\uFB01eld \u0133s", "field ijs")]
    [InlineData("e\u0301 A\u030A \u1100\u1161\u11A8", "é å \uAC01")]
    [InlineData("a\u0323\u0307 = a\u0307\u0323", "\u1EA1\u0307 = \u1EA1\u0307")]
    [InlineData("\u212B \u2126", "å ω")]
    [InlineData("caf\u00C3\u00A9", "café")]
    [InlineData("Å\u00AE stays, caf\u00E9 too", "å® stays, café too")]
    [InlineData("&lt;b&gt; &amp;amp; &eacute &#233; &#x41; &nosuch; &ampfoo", "<b> & é é a &nosuch; &foo")]
    [InlineData("&#128; &#0; &#xD800;", "€ \uFFFD \uFFFD")]
    [InlineData("\u001b[1;31mred\u001b[0m\u0007", "red")]
    [InlineData("\u0130\u0049", "i\u0307i")]
    [InlineData("\u039F\u0394\u039F\u03A3 \u03A3\u0391", "οδος σα")]
    [InlineData("", "")]
    public void Text_is_cleaned(string text, string clean) => Assert.Equal(clean, TextCleaning.Clean(text));

    [Fact]
    public void Half_a_surrogate_pair_is_replaced() =>
        Assert.Equal("\uFFFDlone \uFFFD", TextCleaning.Clean("\uD800lone \uDC00"));

    [Fact]
    public void Cleaning_clean_text_changes_nothing()
    {
        var random = new Random(5);
        for (var n = 0; n < 2000; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => char.ConvertFromUtf32(
                random.Next(4) switch { 0 => random.Next(0x20, 0x7F), 1 => random.Next(0xA0, 0x600), 2 => random.Next(0x3040, 0xD800), _ => random.Next(0x1F300, 0x1FAFF) })));
            var once = TextCleaning.Clean(text);
            // What a reference resolves to may be a reference again, as in the original.
            Assert.True(once.Contains('&') || once == TextCleaning.Clean(once), $"{text} -> {once} -> {TextCleaning.Clean(once)}");
        }
    }

    [Fact]
    public void No_letters_of_utf16_break_it()
    {
        var random = new Random(6);
        for (var n = 0; n < 2000; n++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => (char)random.Next(0x10000)));
            Assert.All(Merges.Tokenizer.Encode(text), id => Assert.InRange(id, 0, ClipTokenizer.VocabularySize - 1));
        }
    }
}
