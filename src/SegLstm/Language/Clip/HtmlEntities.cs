using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SegLstm.Language.Clip;

/// <summary>Replaces HTML's character references, as Python's <c>html.unescape</c> does for HTML 4's names (those of Latin-1 also
/// without their semicolon) and for numbers. HTML 5's other two thousand names stay as they are.</summary>
internal static partial class HtmlEntities
{
    private const string Replacement = "\uFFFD";
    private static readonly string[] WithoutSemicolon = ["amp", "lt", "gt", "quot", "AMP", "LT", "GT", "QUOT", "COPY", "REG"];

    /// <summary>Replaces each reference once.</summary>
    public static string Unescape(string text) =>
        text.Contains('&') ? Reference().Replace(text, match => Resolve(match.Groups[1].Value) ?? match.Value) : text;

    /// <summary>What stands behind the ampersand, resolved; null: it is no reference.</summary>
    private static string? Resolve(string body)
    {
        if (body[0] == '#')
        {
            return Number(body.TrimEnd(';'));
        }

        if (body[^1] == ';' && Named(body[..^1]) is { } named)
        {
            return named;
        }

        // Old names need no semicolon, and what follows them stays: '&ampfoo' is '&foo'.
        for (var length = body.Length; length > 1; length--)
        {
            var name = body[..length];
            if (Named(name) is { } old && (WithoutSemicolon.Contains(name) || old is [>= '\u00A0' and <= '\u00FF']))
            {
                return old + body[length..];
            }
        }

        return null;
    }

    private static string? Named(string name)
    {
        if (WithoutSemicolon.Contains(name))
        {
            name = name.ToLowerInvariant();
        }

        var reference = $"&{name};";
        return name.All(char.IsAsciiLetterOrDigit) && WebUtility.HtmlDecode(reference) is var decoded && decoded != reference
            ? decoded : null;
    }

    private static string Number(string digits)
    {
        var hexadecimal = digits.Length > 1 && digits[1] is 'x' or 'X';
        var read = hexadecimal
            ? long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
            : long.TryParse(digits.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out point);
        return !read || point is < 0 or > 0x10FFFF or 0 || point is >= 0xD800 and < 0xE000 ? Replacement
            : point is >= 0x80 and < 0xA0 ? Windows1252.Decode((byte)point).ToString()
            : IsInvalid((int)point) ? ""
            : new Rune((int)point).ToString();
    }

    /// <summary>What HTML 5 forbids: control characters but white space, and Unicode's non-characters.</summary>
    private static bool IsInvalid(int point) =>
        point is (>= 1 and <= 8) or 0xB or (>= 0xE and <= 0x1F) or 0x7F or (>= 0xFDD0 and <= 0xFDEF) || (point & 0xFFFE) == 0xFFFE;

    [GeneratedRegex("&(#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[^\\t\\n\\f <&#;]{1,32};?)")]
    private static partial Regex Reference();
}
