using System.Globalization;
using System.Text;

namespace SegLstm.Language.Clip;

/// <summary>Unicode's full lower case, as Python's <c>str.lower</c>: beside the simple mapping, a dotted capital I keeps its dot,
/// and a capital sigma at the end of a word becomes the final one.</summary>
internal static class LowerCase
{
    private const int Sigma = 0x3A3;

    /// <summary>Text in lower case.</summary>
    public static string Of(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < runes.Length; i++)
        {
            result.Append(runes[i].Value switch
            {
                0x130 => "i\u0307",
                Sigma => IsFinal(runes, i) ? "\u03C2" : "\u03C3",
                _ => Rune.ToLowerInvariant(runes[i]).ToString(),
            });
        }

        return result.ToString();
    }

    private static bool IsFinal(Rune[] runes, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsIgnorable(runes[before]))
        {
            before--;
        }

        var after = at + 1;
        while (after < runes.Length && IsIgnorable(runes[after]))
        {
            after++;
        }

        return before >= 0 && IsCased(runes[before]) && (after == runes.Length || !IsCased(runes[after]));
    }

    private static bool IsCased(Rune rune) => Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter;

    private static bool IsIgnorable(Rune rune) => rune.Value is '\'' or '.' or ':' or '^' or '`' or 0xB7 or 0x2018 or 0x2019 or 0x2024 or 0x2027
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
