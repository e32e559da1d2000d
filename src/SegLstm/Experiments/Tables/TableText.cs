using System.Globalization;

namespace SegLstm.Experiments.Tables;

/// <summary>Writes tables over seeds.</summary>
public static class TableText
{
    /// <summary>The text of a table, with a line end behind it.</summary>
    /// <param name="table">The table.</param>
    /// <param name="format">How it is written.</param>
    public static string Write(SeedTable table, TableFormat format) => format switch
    {
        TableFormat.Csv => CsvTable.Write(table),
        TableFormat.Latex => LatexTable.Write(TableGrid.Of(table)),
        TableFormat.Html => HtmlTable.Write(TableGrid.Of(table)),
        _ => MarkdownTable.Write(TableGrid.Of(table)),
    };

    /// <summary>A p-value with two digits.</summary>
    internal static string Probability(double p) =>
        p < 0.001 ? "< 0.001" : p.ToString(p < 0.1 ? "0.000" : "0.00", CultureInfo.InvariantCulture);
}
