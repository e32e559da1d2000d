using System.Globalization;
using System.Text;

namespace SegLstm.Language.Clip;

/// <summary>Cuts clean text into the pieces that byte pairs are merged in: special tokens, contractions, runs of letters, single
/// digits, runs of anything else but white space.</summary>
/// <remarks>By characters of Unicode, not by UTF-16's units, as .NET's regular expressions would go.
/// Source: the pattern of openai/CLIP, <c>simple_tokenizer.py</c>.</remarks>
internal static class WordPieces
{
    private enum Kind
    {
        Space,
        Letter,
        Digit,
        Other,
    }

    private static readonly string[] Fixed =
        [ClipTokenizer.StartText, ClipTokenizer.EndText, "'s", "'t", "'re", "'ve", "'m", "'ll", "'d"];

    /// <summary>The pieces, in their order.</summary>
    public static IEnumerable<string> Of(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var length = Fixed.FirstOrDefault(word => StartsWith(text, at, word))?.Length ?? Run(text, at);
            if (length > 0)
            {
                yield return text.Substring(at, length);
            }

            at += length > 0 ? length : 1;
        }
    }

    // The pattern ignores case, by which a long s equals an s.
    private static bool StartsWith(string text, int at, string word)
    {
        if (at + word.Length > text.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            var letter = text[at + i] == '\u017F' ? 's' : text[at + i];
            if (letter != word[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Length of the run at a place; 0 at white space.</summary>
    private static int Run(string text, int at)
    {
        var kind = KindOf(Rune.GetRuneAt(text, at));
        var end = at;
        while (end < text.Length && Rune.GetRuneAt(text, end) is var rune && KindOf(rune) == kind)
        {
            end += rune.Utf16SequenceLength;
            if (kind == Kind.Digit)
            {
                break;
            }
        }

        return kind == Kind.Space ? 0 : end - at;
    }

    private static Kind KindOf(Rune rune) => Rune.IsWhiteSpace(rune) ? Kind.Space : Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Letter,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
        _ => Kind.Other,
    };
}
