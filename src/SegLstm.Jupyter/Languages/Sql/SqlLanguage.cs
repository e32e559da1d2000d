using System.Data;
using DuckDB.NET.Data;
using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Display;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Languages.Sql;

/// <summary>
/// SQL by DuckDB, in memory: over files (`SELECT * FROM 'runs/*/metrics.jsonl'`), over tables that cells make, and over
/// collections of other languages. Nothing is fetched: extensions are neither installed nor loaded by themselves.
/// </summary>
/// <remarks>
/// The last table of a cell is its value, and the variable `result`. A collection that is shared, or a C# or F# variable that a
/// query names, is read anew for each query that names it.
/// </remarks>
internal sealed class SqlLanguage : ILanguage
{
    private const string Result = "result";

    private readonly DuckDBConnection connection = new("DataSource=:memory:");
    private readonly Dictionary<string, Variable> variables = new(StringComparer.OrdinalIgnoreCase);
    private readonly SharedTables shared;
    private readonly SqlAssistant assistant;

    /// <summary>A database without tables.</summary>
    /// <param name="options">Where relative paths begin.</param>
    /// <param name="elsewhere">The variables of the other languages.</param>
    public SqlLanguage(SessionOptions options, Func<IEnumerable<Variable>> elsewhere)
    {
        connection.Open();
        Execute("SET autoinstall_known_extensions = false");
        Execute("SET autoload_known_extensions = false");
        Execute($"SET file_search_path = '{options.WorkingDirectory.Replace("'", "''", StringComparison.Ordinal)}'");
        shared = new SharedTables(connection, variables, elsewhere);
        assistant = new SqlAssistant(connection);
        Formatter.Register<DataTable>(TableView.Html, "text/html");
        Formatter.Register<DataTable>(TableView.Text, "text/plain");
    }

    /// <inheritdoc/>
    public string Name => "sql";

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Variables => [.. variables.Values];

    /// <inheritdoc/>
    public Task WarmUpAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task<PartResult> RunAsync(CellPart part)
    {
        try
        {
            shared.Refresh(part.Code, part.Interrupt);
            using var command = connection.CreateCommand();
            command.CommandText = part.Code;
            using var stop = part.Interrupt.Register(command.Cancel);
            using var reader = command.ExecuteReader();
            DataTable? last = null;
            do
            {
                if (last is not null)
                {
                    part.Output.Display(ValueFormatter.Format(last, []));
                }

                last = QueryResult.Read(reader, Result, part.Interrupt) ?? last;
            }
            while (reader.NextResult());

            return Task.FromResult(Keep(last));
        }
        catch (DuckDBException) when (part.Interrupt.IsCancellationRequested)
        {
            throw new OperationCanceledException(part.Interrupt);
        }
        catch (DuckDBException failure)
        {
            throw new CellFailedException(SqlErrors.Of(failure, part), failure);
        }
    }

    /// <inheritdoc/>
    public Task<CompletionList> CompleteAsync(string code, int position, CancellationToken cancellation) =>
        Task.FromResult(assistant.Complete(code, position, shared.Names));

    /// <inheritdoc/>
    public Task<Inspection?> InspectAsync(string code, int position, bool detailed, CancellationToken cancellation) =>
        Task.FromResult(assistant.Inspect(code, position));

    /// <inheritdoc/>
    public Completeness IsComplete(string code) =>
        new(string.IsNullOrWhiteSpace(code) ? CompletenessKind.Incomplete : CompletenessKind.Complete);

    /// <inheritdoc/>
    public Task SetVariableAsync(string name, object? value, Type type)
    {
        if (!RowSource.IsTabular(value))
        {
            throw new ArgumentException(
                "expected a table for SQL (a sequence of objects, records or dictionaries, or a DataTable), "
                + $"got {name} of type {type.Name}",
                nameof(name));
        }

        variables[name] = new Variable(name, type, value);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => connection.Dispose();

    private PartResult Keep(DataTable? table)
    {
        if (table is null)
        {
            return PartResult.None;
        }

        variables[Result] = new Variable(Result, typeof(DataTable), table);
        return new PartResult(true, table);
    }

    private void Execute(string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }
}
