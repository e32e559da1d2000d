using System.Data;
using DuckDB.NET.Data;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Languages.Sql;

/// <summary>Reads what a query returns into memory.</summary>
internal static class QueryResult
{
    private const int RowLimit = 1_000_000;

    /// <summary>The rows as a table with the types of their columns; null where a statement returns none.</summary>
    /// <exception cref="CellFailedException">There are more rows than a notebook should hold.</exception>
    public static DataTable? Read(DuckDBDataReader reader, string name, CancellationToken interrupt)
    {
        if (reader.FieldCount == 0)
        {
            return null;
        }

        var table = new DataTable(name);
        for (var column = 0; column < reader.FieldCount; column++)
        {
            table.Columns.Add(Unique(table, reader.GetName(column)), reader.GetFieldType(column));
        }

        var row = new object[reader.FieldCount];
        table.BeginLoadData();
        while (reader.Read())
        {
            interrupt.ThrowIfCancellationRequested();
            if (table.Rows.Count == RowLimit)
            {
                const string Message = "the query returns more than 1,000,000 rows: aggregate them, add LIMIT, "
                    + "or keep them in the database with CREATE TABLE name AS SELECT …";
                throw new CellFailedException(new CellError("SqlError", Message, [Message]));
            }

            reader.GetValues(row);
            table.LoadDataRow(row, fAcceptChanges: true);
        }

        table.EndLoadData();
        return table;
    }

    private static string Unique(DataTable table, string name)
    {
        var unique = name;
        for (var n = 1; table.Columns.Contains(unique); n++)
        {
            unique = $"{name}_{n}";
        }

        return unique;
    }
}
