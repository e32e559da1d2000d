using System.Text;

namespace SegLstm.Language.Clip;

/// <summary>What CLIP does to text before it is cut into words: mend it, resolve HTML's references twice, make all white space
/// single blanks, lower its case.</summary>
/// <remarks>Source: openai/CLIP, <c>simple_tokenizer.py</c>, <c>basic_clean</c> and <c>whitespace_clean</c>. What of ftfy is done
/// <see cref="TextRepair"/> says.</remarks>
internal static class TextCleaning
{
    /// <summary>Clean text.</summary>
    public static string Clean(string text)
    {
        var unescaped = HtmlEntities.Unescape(HtmlEntities.Unescape(TextRepair.Fix(text)));
        var result = new StringBuilder(unescaped.Length);
        foreach (var rune in unescaped.EnumerateRunes())
        {
            if (!Rune.IsWhiteSpace(rune))
            {
                result.Append(rune.ToString());
            }
            else if (result.Length > 0 && result[^1] != ' ')
            {
                result.Append(' ');
            }
        }

        return LowerCase.Of(result.ToString().TrimEnd(' '));
    }
}
