namespace SegLstm.Workbook.Plotly;

/// <summary>Texts as Plotly draws them: it reads a few HTML tags, and does not break lines by itself.</summary>
internal static class Caption
{
    /// <summary>The text, with what Plotly would take for a tag or an entity escaped.</summary>
    internal static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Breaks a text between words.</summary>
    /// <param name="text">Unescaped.</param>
    /// <param name="width">Pixels that a line may take.</param>
    /// <param name="fontSize">Pixels.</param>
    internal static IReadOnlyList<string> Lines(string text, double width, double fontSize)
    {
        var lines = new List<string> { "" };
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            string longer = lines[^1].Length == 0 ? word : lines[^1] + " " + word;
            if (lines[^1].Length > 0 && Width(longer, fontSize) > width) lines.Add(word);
            else lines[^1] = longer;
        }

        return lines;
    }

    /// <summary>About how wide a text is, in pixels.</summary>
    internal static double Width(string text, double fontSize) => 0.56 * fontSize * text.Length;

    /// <summary>A legend as text, broken into rows: in a grid, where Plotly's legends would lie on each other.</summary>
    internal static IReadOnlyList<string> LegendLines(IReadOnlyList<LegendItem> items, double width)
    {
        var lines = new List<string>();
        double used = double.PositiveInfinity;
        foreach (LegendItem item in items)
        {
            string text = $"<span style=\"color:{item.Color}\">{item.Glyph}</span> {Escape(item.Text)}";
            double wide = 34 + Width(item.Text, 12);
            if (used + wide > width)
            {
                lines.Add(text);
                used = wide;
            }
            else
            {
                lines[^1] += "   " + text;
                used += wide;
            }
        }

        return lines;
    }

    /// <summary>How many rows a legend that Plotly draws takes.</summary>
    internal static int LegendRows(IReadOnlyList<LegendItem> items, double width)
    {
        if (items.Count == 0) return 0;
        // Plotly gives every entry the width of the widest one as soon as they do not fit in one row.
        double[] widths = [.. items.Select(i => 48 + Width(i.Text, 12))];
        if (widths.Sum() <= width) return 1;
        int columns = Math.Max(1, (int)(width / widths.Max()));
        return (items.Count + columns - 1) / columns;
    }
}
