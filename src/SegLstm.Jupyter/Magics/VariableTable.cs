using System.Net;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Languages.CSharp;
using SegLstm.Jupyter.Languages.CSharp.Assistance;

namespace SegLstm.Jupyter.Magics;

/// <summary>The variables of a session as a table.</summary>
internal static class VariableTable
{
    private const int ValueWidth = 100;

    /// <summary>Name, type, value and, where there are several, language.</summary>
    public static MimeBundle Of(IReadOnlyList<(string Language, Variable Variable)> variables)
    {
        var several = variables.Select(row => row.Language).Distinct().Count() > 1;
        string[] head = several ? ["Name", "Type", "Value", "Language"] : ["Name", "Type", "Value"];
        var rows = variables.Select(row =>
        {
            string[] cells = [row.Variable.Name, TypeNames.Short(row.Variable.Type), Short(row.Variable)];
            return several ? [.. cells, row.Language] : cells;
        }).ToList();
        return new MimeBundle(new Dictionary<string, JsonNode>
        {
            ["text/html"] = Html(head, rows),
            ["text/plain"] = Plain(head, rows),
        });
    }

    private static string Short(Variable variable)
    {
        var text = string.Join(" ", VariableText.Lines(variable)).Trim();
        return text.Length <= ValueWidth ? text : string.Concat(text.AsSpan(0, ValueWidth - 1), "…");
    }

    private static string Html(string[] head, IReadOnlyList<string[]> rows)
    {
        var body = string.Concat(rows.Select(row =>
            $"<tr>{string.Concat(row.Select(cell => $"<td>{WebUtility.HtmlEncode(cell)}</td>"))}</tr>"));
        var top = string.Concat(head.Select(cell => $"<th>{cell}</th>"));
        return $"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>";
    }

    private static string Plain(string[] head, IReadOnlyList<string[]> rows)
    {
        var widths = head.Select((cell, column) => rows.Select(row => row[column].Length).Append(cell.Length).Max()).ToArray();
        return string.Join("\n", rows.Prepend(head)
            .Select(row => string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd()));
    }
}
