using System.Text;
using static SegLstm.Workbook.Figures.Markup;

namespace SegLstm.Workbook.Formatters;

/// <summary>A table as HTML.</summary>
internal static class TableHtml
{
    internal static string Of(Table table)
    {
        var html = new StringBuilder(Style.Element).Append("<div class=\"seglstm scroll\"><table>");
        if (table.Title.Length > 0) html.Append($"<caption>{Escape(table.Title)}</caption>");
        html.Append("<thead><tr>");
        for (int c = 0; c < table.Columns.Count; c++) html.Append($"<th scope=\"col\"{Class(table, c)}>{Escape(table.Columns[c])}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var row in table.Rows)
        {
            html.Append($"<tr><th scope=\"row\"{Class(table, 0)}>{Escape(Table.Text(row[0]))}</th>");
            for (int c = 1; c < row.Count; c++) html.Append($"<td{Class(table, c)}>{Escape(Table.Text(row[c]))}</td>");
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table>");
        if (table.Note.Length > 0) html.Append($"<p class=\"muted\">{Escape(table.Note)}</p>");
        return html.Append("</div>").ToString();
    }

    private static string Class(Table table, int column) => table.IsNumeric(column) ? " class=\"number\"" : "";
}
