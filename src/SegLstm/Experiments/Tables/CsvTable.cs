using System.Globalization;
using System.Text;

namespace SegLstm.Experiments.Tables;

/// <summary>
/// A table for other programs (RFC 4180, but for line feeds alone): numbers in the units of the runs' files, with all digits,
/// and empty fields where there is none.
/// </summary>
internal static class CsvTable
{
    public static string Write(SeedTable table)
    {
        var text = new StringBuilder();
        Line([.. table.Keys, .. table.Metrics.SelectMany(metric => new[]
        {
            $"{metric.Name}_mean", $"{metric.Name}_std", $"{metric.Name}_seeds", $"{metric.Name}_p",
        })]);
        foreach (SeedRow row in table.Rows)
        {
            Line([.. row.Labels, .. row.Cells.SelectMany(cell => new[]
            {
                cell.BySeed.Count > 0 ? Text(cell.Mean) : "", Text(cell.Deviation), Text(cell.BySeed.Count), Text(cell.PValue),
            })]);
        }

        return text.ToString();

        void Line(string[] fields) => text.AppendJoin(',', fields.Select(Field)).Append('\n');
    }

    /// <summary>A text as a field: in quotes where it needs them.</summary>
    public static string Field(string field) => field.AsSpan().IndexOfAny(",\"\r\n") < 0
        ? field : $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
