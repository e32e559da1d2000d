using System.Collections;
using System.Data;
using System.Globalization;
using System.Net;
using System.Text;

namespace SegLstm.Jupyter.Languages.Sql;

/// <summary>Draws a table: its first rows, and how many there are.</summary>
internal static class TableView
{
    private const int RowLimit = 50;
    private const int WidthLimit = 200;

    /// <summary>As HTML; a column's type is its tooltip.</summary>
    public static void Html(DataTable table, TextWriter writer)
    {
        writer.Write("<table><thead><tr>");
        foreach (DataColumn column in table.Columns)
        {
            writer.Write($"<th title=\"{Encode(column.DataType.Name)}\">{Encode(column.ColumnName)}</th>");
        }

        writer.Write("</tr></thead><tbody>");
        foreach (var row in table.Rows.Cast<DataRow>().Take(RowLimit))
        {
            writer.Write("<tr>");
            foreach (DataColumn column in table.Columns)
            {
                var value = row[column];
                writer.Write(value is DBNull ? "<td style=\"opacity:0.5\">NULL</td>"
                    : $"<td{(IsNumber(column) ? " style=\"text-align:right\"" : "")}>{Encode(Show(value))}</td>");
            }

            writer.Write("</tr>");
        }

        writer.Write($"</tbody></table><p>{Size(table)}</p>");
    }

    /// <summary>As aligned text.</summary>
    public static void Text(DataTable table, TextWriter writer)
    {
        var columns = table.Columns.Cast<DataColumn>().ToList();
        var rows = table.Rows.Cast<DataRow>().Take(RowLimit)
            .Select(row => columns.Select(column => Show(row[column])).ToList()).ToList();
        var widths = columns.Select((column, i) => rows.Select(row => row[i].Length).Append(column.ColumnName.Length).Max())
            .ToList();
        foreach (var row in rows.Prepend([.. columns.Select(column => column.ColumnName)]))
        {
            var line = string.Join("  ", row.Select((cell, i) =>
                IsNumber(columns[i]) ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i])));
            writer.Write(line.TrimEnd() + "\n");
        }

        writer.Write(Size(table));
    }

    private static string Size(DataTable table)
    {
        var rows = table.Rows.Count;
        var shown = rows > RowLimit ? $"first {RowLimit} of {rows:N0} rows" : rows == 1 ? "1 row" : $"{rows} rows";
        return $"{shown}, {table.Columns.Count} {(table.Columns.Count == 1 ? "column" : "columns")}";
    }

    private static string Show(object value)
    {
        var text = Whole(value).ReplaceLineEndings(" ");
        return text.Length <= WidthLimit ? text : string.Concat(text.AsSpan(0, WidthLimit - 1), "…");
    }

    private static string Whole(object? value) => value switch
    {
        null or DBNull => "NULL",
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        byte[] bytes => $"{bytes.Length} bytes",
        Stream bytes => $"{bytes.Length} bytes",
        IDictionary map => $"{{{string.Join(", ", Entries(map))}}}",
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Take(WidthLimit).Select(Whole))}]",
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static IEnumerable<string> Entries(IDictionary map)
    {
        foreach (DictionaryEntry entry in map)
        {
            yield return $"{Whole(entry.Key)}: {Whole(entry.Value)}";
        }
    }

    private static bool IsNumber(DataColumn column) =>
        column.DataType.IsPrimitive && column.DataType != typeof(bool) && column.DataType != typeof(char)
        || column.DataType == typeof(decimal) || column.DataType == typeof(System.Numerics.BigInteger);

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
