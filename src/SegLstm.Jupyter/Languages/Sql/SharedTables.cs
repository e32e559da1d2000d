using System.Text.RegularExpressions;
using DuckDB.NET.Data;

namespace SegLstm.Jupyter.Languages.Sql;

/// <summary>Makes collections of other languages tables of the database, at the query that names them.</summary>
internal sealed partial class SharedTables(
    DuckDBConnection connection, IReadOnlyDictionary<string, Variable> variables, Func<IEnumerable<Variable>> elsewhere)
{
    private readonly HashSet<string> copied = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The names that a query may use as tables.</summary>
    public IEnumerable<string> Names =>
        variables.Keys
            .Concat(elsewhere().Where(variable => RowSource.IsTable(variable.Value)).Select(variable => variable.Name))
            .Distinct();

    /// <summary>Copies the collections that a query names, as they are now. Tables of the database go before variables.</summary>
    public void Refresh(string query, CancellationToken interrupt)
    {
        var named = Named().Matches(query).Select(match => match.Groups[1].Value.Trim('"'))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        named.ExceptWith(OwnTables());
        foreach (var name in named)
        {
            var variable = variables.GetValueOrDefault(name) ?? elsewhere().LastOrDefault(
                other => string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase) && RowSource.IsTable(other.Value));
            if (variable?.Value is { } value)
            {
                Copy(name, RowSource.Of(value), interrupt);
            }
        }
    }

    private HashSet<string> OwnTables()
    {
        var tables = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT table_name FROM duckdb_tables() UNION ALL SELECT view_name FROM duckdb_views() WHERE NOT internal";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            tables.Add(reader.GetString(0));
        }

        tables.ExceptWith(copied);
        return tables;
    }

    private void Copy(string name, RowSource source, CancellationToken interrupt)
    {
        var quoted = $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var columns = source.Columns.Select(column =>
            $"\"{column.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\" {column.SqlType}");
        using (var command = connection.CreateCommand())
        {
            command.CommandText = $"CREATE OR REPLACE TABLE {quoted} ({string.Join(", ", columns)})";
            command.ExecuteNonQuery();
        }

        copied.Add(name);
        using var appender = connection.CreateAppender(name);
        foreach (var values in source.Rows)
        {
            interrupt.ThrowIfCancellationRequested();
            var row = appender.CreateRow();
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is { } value)
                {
                    source.Columns[i].Append(row, value);
                }
                else
                {
                    row.AppendNullValue();
                }
            }

            row.EndRow();
        }
    }

    // What can name a table: an identifier after FROM, JOIN, INTO, a comma or the like. Too many are harmless.
    [GeneratedRegex("""(?:\bfrom|\bjoin|\binto|\btable|\bdescribe|\bsummarize|,|\()\s*("[^"]+"|[A-Za-z_]\w*)""",
        RegexOptions.IgnoreCase)]
    private static partial Regex Named();
}
