using System.Globalization;
using System.Text;

namespace SegLstm.Workbook.Figures;

/// <summary>How numbers and texts enter SVG and HTML: escaped, and the same on every machine.</summary>
internal static class Markup
{
    /// <summary>The text with every character that means something to XML or HTML replaced by an entity.</summary>
    /// <remarks>
    /// Control characters, which XML cannot hold at all, become U+FFFD; letters beyond ASCII stay as they are.
    /// </remarks>
    internal static string Escape(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool allowed = rune.Value is '\t' or '\n' or '\r' or (>= ' ' and not 0x7F and not 0xFFFE and not 0xFFFF);
            clean.Append(allowed ? rune.ToString() : "\uFFFD");
        }

        return clean.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;").ToString();
    }

    /// <summary>A coordinate with at most two decimals: finer than any screen shows, and the same bytes every time.</summary>
    internal static string Coordinate(double value)
    {
        string text = Math.Round(value, 2, MidpointRounding.AwayFromZero).ToString("0.##", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
