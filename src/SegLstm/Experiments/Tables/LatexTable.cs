using System.Text;

namespace SegLstm.Experiments.Tables;

/// <summary>A table for papers; needs <c>\usepackage{booktabs}</c>.</summary>
internal static class LatexTable
{
    public static string Write(TableGrid grid)
    {
        var text = new StringBuilder("% needs \\usepackage{booktabs}\n\\begin{tabular}{");
        text.Append('l', grid.Labels).Append('r', grid.Heads.Count - grid.Labels).Append("}\n\\toprule\n");
        Line(grid.Heads.Select(Escape));
        text.Append("\\midrule\n");
        foreach (IReadOnlyList<(string Text, bool Bold)> row in grid.Rows)
        {
            Line(row.Select(cell => cell.Bold ? $"\\textbf{{{Escape(cell.Text)}}}" : Escape(cell.Text)));
        }

        text.Append("\\bottomrule\n\\end{tabular}\n");
        foreach (string note in grid.Notes) text.Append("% ").Append(note.ReplaceLineEndings(" ")).Append('\n');
        return text.ToString();

        void Line(IEnumerable<string> cells) => text.AppendJoin(" & ", cells).Append(" \\\\\n");
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in text.ReplaceLineEndings(" "))
        {
            escaped.Append(c switch
            {
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '<' => "$<$",
                '>' => "$>$",
                '±' => "$\\pm$",
                '–' => "--",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => $"\\{c}",
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }
}
