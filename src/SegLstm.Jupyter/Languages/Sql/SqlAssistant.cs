using DuckDB.NET.Data;

namespace SegLstm.Jupyter.Languages.Sql;

/// <summary>Completes SQL by what the database knows: keywords, functions, tables and columns.</summary>
internal sealed class SqlAssistant(DuckDBConnection connection)
{
    private readonly Lazy<IReadOnlyList<Completion>> vocabulary = new(() => Vocabulary(connection));

    /// <summary>The words that begin like the one at a position: columns and tables first.</summary>
    /// <param name="code">The query.</param>
    /// <param name="position">A place between two characters.</param>
    /// <param name="shared">Collections of other languages that a query may name.</param>
    public CompletionList Complete(string code, int position, IEnumerable<string> shared)
    {
        var (start, end) = WordAt(code, position);
        var prefix = code[start..position];
        const string Columns = "SELECT DISTINCT column_name, data_type FROM duckdb_columns() WHERE NOT internal";
        var items = Read(connection, Columns, "property")
            .Concat(Read(connection, "SELECT table_name, 'table' FROM duckdb_tables()", "class"))
            .Concat(shared.Select(name => new Completion(name, "instance", "shared")))
            .Concat(vocabulary.Value)
            .Where(item => item.Text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            .DistinctBy(item => item.Text);
        return new CompletionList([.. items], start, end);
    }

    /// <summary>The columns of the table, or the forms of the function, at a position.</summary>
    public Inspection? Inspect(string code, int position)
    {
        var (start, end) = WordAt(code, position);
        var word = code[start..end].Replace("'", "''", StringComparison.Ordinal);
        if (word == "")
        {
            return null;
        }

        var columns = Read(connection,
            $"SELECT column_name, data_type FROM duckdb_columns() WHERE table_name ILIKE '{word}' ORDER BY column_index",
            "property");
        var forms = Read(connection,
            "SELECT function_name || '(' || array_to_string(parameters, ', ') || ')', coalesce(any_value(description), '') "
            + $"FROM duckdb_functions() WHERE function_name ILIKE '{word}' GROUP BY 1", "function");
        var lines = columns.Count > 0 ? columns.Select(column => $"{column.Text}  {column.Signature}").Prepend($"table {word}")
            : forms.Select(form => form.Signature == "" ? form.Text : $"{form.Text}: {form.Signature}");
        var text = string.Join("\n", lines);
        return text == "" ? null : new Inspection(text);
    }

    private static IReadOnlyList<Completion> Vocabulary(DuckDBConnection connection) =>
    [
        .. Read(
            connection,
            "SELECT upper(keyword_name), '' FROM duckdb_keywords() WHERE keyword_category = 'reserved' ORDER BY 1",
            "keyword"),
        .. Read(
            connection,
            "SELECT DISTINCT function_name, function_type FROM duckdb_functions() WHERE function_name ~ '^[a-z]' ORDER BY 1",
            "function"),
    ];

    private static List<Completion> Read(DuckDBConnection connection, string query, string kind)
    {
        // A connection of its own: the person may be typing while a query runs.
        using var own = connection.Duplicate();
        own.Open();
        using var command = own.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var items = new List<Completion>();
        while (reader.Read())
        {
            items.Add(new Completion(reader.GetString(0), kind, reader.GetString(1)));
        }

        return items;
    }

    private static (int Start, int End) WordAt(string code, int position)
    {
        var start = position;
        while (start > 0 && (char.IsLetterOrDigit(code[start - 1]) || code[start - 1] == '_'))
        {
            start--;
        }

        var end = position;
        while (end < code.Length && (char.IsLetterOrDigit(code[end]) || code[end] == '_'))
        {
            end++;
        }

        return (start, end);
    }
}
