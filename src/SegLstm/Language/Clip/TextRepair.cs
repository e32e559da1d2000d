using System.Text;
using System.Text.RegularExpressions;

namespace SegLstm.Language.Clip;

/// <summary>Mends text as <c>ftfy.fix_text</c> does, as far as it is done here.</summary>
/// <remarks>
/// <para>Done: HTML's references (unless the line has a '&lt;'), control characters of C1 read as Windows-1252, Latin ligatures,
/// full and half width, curly quotes, line breaks, lone surrogates, escapes of terminals, control characters, normalization form
/// C. Again and again, until nothing changes.</para>
/// <para>Of wrongly decoded text ("cafÃ©") only what is sure: where all characters beyond ASCII, taken as bytes of Latin-1 or
/// Windows-1252, are UTF-8. ftfy tries eight more code pages, repairs single spots and text with lost bytes, and weighs by a
/// table of unlikely neighbours whether it is worth it: not done here.</para>
/// <para>Source: ftfy 6.3 (rspeer/python-ftfy), its documentation and its order of steps.</para>
/// </remarks>
internal static partial class TextRepair
{
    // ftfy's loop ends by itself; text that shrinks and grows in turn would not.
    private const int MostRounds = 16;

    private static readonly Dictionary<char, string> Ligatures = new()
    {
        ['\u0132'] = "IJ", ['\u0133'] = "ij", ['\u0149'] = "\u02BCn", ['\u01C4'] = "D\u017D", ['\u01C5'] = "D\u017E",
        ['\u01C6'] = "d\u017E", ['\u01C7'] = "LJ", ['\u01C8'] = "Lj", ['\u01C9'] = "lj", ['\u01CA'] = "NJ", ['\u01CB'] = "Nj",
        ['\u01CC'] = "nj", ['\u01F1'] = "DZ", ['\u01F2'] = "Dz", ['\u01F3'] = "dz", ['\uFB00'] = "ff", ['\uFB01'] = "fi",
        ['\uFB02'] = "fl", ['\uFB03'] = "ffi", ['\uFB04'] = "ffl", ['\uFB05'] = "\u017Ft", ['\uFB06'] = "st",
    };

    /// <summary>Mends text line by line.</summary>
    public static string Fix(string text)
    {
        var result = new StringBuilder(text.Length);
        var unescape = true;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var found ? found + 1 : text.Length;
            var line = text[start..end];
            unescape &= !line.Contains('<');
            result.Append(FixLine(line, unescape));
            start = end;
        }

        return result.ToString();
    }

    private static string FixLine(string line, bool unescape)
    {
        for (var round = 0; round < MostRounds; round++)
        {
            var before = line;
            line = unescape ? HtmlEntities.Unescape(line) : line;
            line = Redecode(line);
            line = string.Concat(line.Select(Replace));
            line = line.Replace("\r\n", "\n").Replace('\r', '\n').Replace('\u2028', '\n').Replace('\u2029', '\n').Replace('\u0085', '\n');
            // Reading as runes makes lone surrogates U+FFFD.
            line = string.Concat(line.EnumerateRunes().Select(rune => rune.ToString()));
            line = TerminalEscape().Replace(line, "");
            line = string.Concat(line.Where(letter => !IsControl(letter)));
            line = Composition.Compose(line);
            if (line == before)
            {
                break;
            }
        }

        return line;
    }

    private static string Replace(char letter) => letter switch
    {
        < '\u0080' => letter.ToString(),
        < '\u00A0' => Windows1252.Decode((byte)letter).ToString(),
        '\u02BC' or (>= '\u2018' and <= '\u201B') => "'",
        >= '\u201C' and <= '\u201F' => "\"",
        '\u3000' => " ",
        >= '\uFF01' and <= '\uFFEF' when UnicodeTables.Instance.Widths.TryGetValue(letter, out var wide) =>
            string.Concat(wide.Select(point => new Rune(point).ToString())),
        _ => Ligatures.TryGetValue(letter, out var letters) ? Replaced(letters) : letter.ToString(),
    };

    // The apostrophe of a ligature is straightened like any other.
    private static string Replaced(string letters) => letters.Replace('\u02BC', '\'');

    private static bool IsControl(char letter) => letter is <= '\u0008' or '\u000B' or (>= '\u000E' and <= '\u001F') or '\u007F'
        or (>= '\u206A' and <= '\u206F') or '\uFEFF' or (>= '\uFFF9' and <= '\uFFFC');

    private static string Redecode(string line)
    {
        if (line.All(char.IsAscii))
        {
            return line;
        }

        var bytes = new byte[line.Length];
        for (var i = 0; i < line.Length; i++)
        {
            if (Windows1252.Encode(line[i]) is not { } value)
            {
                return line;
            }

            bytes[i] = value;
        }

        return System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : line;
    }

    [GeneratedRegex("\u001b\\[[0-9;]*[a-zA-Z]")]
    private static partial Regex TerminalEscape();
}
