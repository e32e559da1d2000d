using System.Text;

namespace SegLstm.Experiments.Tables;

/// <summary>A table as a part of a page.</summary>
internal static class HtmlTable
{
    public static string Write(TableGrid grid)
    {
        var text = new StringBuilder("<table>\n<caption>");
        text.AppendJoin(' ', grid.Notes.Select(Escape)).Append("</caption>\n<thead><tr>");
        foreach (string head in grid.Heads) text.Append("<th scope=\"col\">").Append(Escape(head)).Append("</th>");
        text.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<(string Text, bool Bold)> row in grid.Rows)
        {
            text.Append("<tr>");
            foreach ((string cell, bool bold) in row)
            {
                text.Append(bold ? $"<td><strong>{Escape(cell)}</strong></td>" : $"<td>{Escape(cell)}</td>");
            }

            text.Append("</tr>\n");
        }

        return text.Append("</tbody>\n</table>\n").ToString();
    }

    // Only what HTML reads as its own: letters beyond ASCII stay readable.
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);
}
