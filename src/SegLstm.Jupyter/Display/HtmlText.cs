using System.Net;
using System.Text.RegularExpressions;

namespace SegLstm.Jupyter.Display;

/// <summary>What HTML says to those who cannot see it.</summary>
internal static partial class HtmlText
{
    /// <summary>The text of a piece of HTML, without styles and scripts.</summary>
    public static string Of(string html)
    {
        var text = Invisible().Replace(html, "");
        text = LineEnd().Replace(text, "\n");
        text = CellEnd().Replace(text, "\t");
        text = WebUtility.HtmlDecode(Tag().Replace(text, ""));
        return BlankLines().Replace(text, "\n").Trim();
    }

    [GeneratedRegex(@"<!--.*?-->|<(script|style|head)\b.*?</\1\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"</(p|div|tr|li|h\d|pre|summary)\s*>|<br\s*/?>", RegexOptions.IgnoreCase)]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"</t[dh]\s*>", RegexOptions.IgnoreCase)]
    private static partial Regex CellEnd();

    [GeneratedRegex("</?[a-z][^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"[ \t]*\n\s*")]
    private static partial Regex BlankLines();
}
