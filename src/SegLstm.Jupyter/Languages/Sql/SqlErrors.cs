using System.Text.RegularExpressions;
using DuckDB.NET.Data;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Sql;

/// <summary>Puts failures of the database into words.</summary>
internal static partial class SqlErrors
{
    /// <summary>DuckDB's message, with the line of the cell where it says one.</summary>
    public static CellError Of(DuckDBException failure, CellPart part)
    {
        var lines = failure.Message.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        var message = lines.Count == 0 ? "the database failed without a message" : lines[0];
        if (message.Contains("extension", StringComparison.OrdinalIgnoreCase)
            && message.Contains("install", StringComparison.OrdinalIgnoreCase))
        {
            message += " (This kernel works without network and installs no extensions.)";
            lines[0] = message;
        }

        var place = Place().Match(failure.Message);
        int? line = place.Success ? int.Parse(place.Groups[1].ValueSpan) : null;
        var where = line is null ? $"In [{part.CellNumber}]:" : $"In [{part.CellNumber}], line {line}:";
        return new CellError("SqlError", message, [where, .. lines], line);
    }

    [GeneratedRegex(@"^LINE (\d+):", RegexOptions.Multiline)]
    private static partial Regex Place();
}
