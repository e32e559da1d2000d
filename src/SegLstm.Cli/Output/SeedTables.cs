using SegLstm.Experiments.Tables;
using Spectre.Console;

namespace SegLstm.Cli.Output;

/// <summary>Tables over seeds on the console: the Markdown of <see cref="TableText"/> is for files.</summary>
internal static class SeedTables
{
    /// <summary>The table in the lines of the terminal, with its notes below.</summary>
    public static Rows Of(SeedTable seeds)
    {
        TableGrid grid = TableGrid.Of(seeds);
        var table = new Table().Border(Tables.Border);
        foreach ((string head, int column) in grid.Heads.Select((head, column) => (head, column)))
        {
            var one = new TableColumn(Markup.Escape(head));
            table.AddColumn(column < grid.Labels ? one : one.RightAligned().NoWrap());
        }

        foreach (IReadOnlyList<(string Text, bool Bold)> row in grid.Rows)
        {
            table.AddRow(row.Select(cell =>
                cell.Bold ? $"[bold]{Markup.Escape(cell.Text)}[/]" : Markup.Escape(cell.Text)).ToArray());
        }

        return new Rows([table, .. grid.Notes.Select(note => new Text(note))]);
    }
}
