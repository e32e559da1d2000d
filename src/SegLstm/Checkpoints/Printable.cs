using System.Globalization;
using System.Text;

namespace SegLstm.Checkpoints;

/// <summary>Text of a file that is not trusted, made fit for a message or a terminal.</summary>
public static class Printable
{
    /// <summary>Control characters, invisible ones and broken text as <c>\u</c> escapes; long text cut.</summary>
    /// <param name="text">What the file says.</param>
    /// <param name="most">Most characters that are kept.</param>
    public static string Of(string text, int most = 120)
    {
        var shown = text.Length > most ? text[..most] : text;
        var result = new StringBuilder(shown.Length);
        foreach (var letter in shown)
        {
            if (char.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse || char.IsSurrogate(letter))
            {
                result.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                result.Append(letter);
            }
        }

        return shown.Length < text.Length ? result.Append('…').ToString() : result.ToString();
    }
}
