using System.Text;

namespace SegLstm.Experiments.Tables;

/// <summary>A table as GitHub and notebooks read it.</summary>
internal static class MarkdownTable
{
    public static string Write(TableGrid grid)
    {
        var text = new StringBuilder();
        Line(grid.Heads.Select(Escape));
        Line(grid.Heads.Select((_, column) => column < grid.Labels ? "---" : "---:"));
        foreach (IReadOnlyList<(string Text, bool Bold)> row in grid.Rows)
        {
            Line(row.Select(cell => cell.Bold ? $"**{Escape(cell.Text)}**" : Escape(cell.Text)));
        }

        text.Append('\n').AppendJoin(' ', grid.Notes.Select(Escape)).Append('\n');
        return text.ToString();

        void Line(IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }

    // What would end a cell, or be read as emphasis, code, a link or HTML.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            if ("\\|*_`[]<".Contains(c)) escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
