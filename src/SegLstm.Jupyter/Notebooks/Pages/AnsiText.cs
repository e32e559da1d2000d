using System.Globalization;
using System.Text;

namespace SegLstm.Jupyter.Notebooks.Pages;

/// <summary>Text with terminal colours (ANSI escape codes), as HTML. Codes that are no colours are left out.</summary>
internal static class AnsiText
{
    /// <summary>The text as HTML.</summary>
    public static string ToHtml(string text)
    {
        if (!text.Contains('\u001b', StringComparison.Ordinal)) return Html.Escape(text);
        var html = new StringBuilder();
        var style = new AnsiStyle();
        int start = 0;
        while (start < text.Length)
        {
            int escape = text.IndexOf('\u001b', start);
            int end = escape < 0 ? text.Length : escape;
            if (end > start) html.Append(style.Wrap(Html.Escape(text[start..end])));
            if (escape < 0) break;
            start = Skip(text, escape, style);
        }

        return html.ToString();
    }

    // Takes a code at a position into the style; where the text goes on.
    private static int Skip(string text, int escape, AnsiStyle style)
    {
        if (escape + 1 >= text.Length) return text.Length;
        if (text[escape + 1] == ']')
        {
            // A link or a title: up to BEL or ESC \.
            int bell = text.IndexOfAny(['\a', '\u001b'], escape + 2);
            return bell < 0 ? text.Length : text[bell] == '\a' ? bell + 1 : Math.Min(text.Length, bell + 2);
        }

        if (text[escape + 1] != '[') return escape + 2;
        int end = escape + 2;
        while (end < text.Length && text[end] is < '@' or > '~') end++;
        if (end >= text.Length) return text.Length;
        if (text[end] == 'm') style.Apply(Numbers(text[(escape + 2)..end]));
        return end + 1;
    }

    private static int[] Numbers(string codes) =>
        [.. codes.Split(';', ':').Select(
            code => int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
}
