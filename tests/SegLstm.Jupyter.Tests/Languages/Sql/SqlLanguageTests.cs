using System.Data;
using System.Globalization;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Tests.Sessions;

namespace SegLstm.Jupyter.Tests.Languages.Sql;

public sealed class SqlLanguageTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sql").FullName;
    private readonly Session session;

    public SqlLanguageTests() => session = new Session(folder);

    public void Dispose()
    {
        session.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Files_are_tables_by_paths_from_the_notebook()
    {
        File.WriteAllText(Path.Combine(folder, "a.csv"), "name,area\nfield,1.5\nforest,2.5\n");
        File.WriteAllText(Path.Combine(folder, "m.jsonl"), "{\"step\": 1, \"loss\": 0.5}\n{\"step\": 2, \"loss\": 0.25}\n");
        var shown = await session.Run("#!sql\nSELECT name, area FROM 'a.csv' ORDER BY area DESC");
        Assert.Equal("name    area\nforest   2.5\nfield    1.5\n2 rows, 2 columns", shown.Value!.Text);
        Assert.Contains("<th title=\"Double\">area</th>", shown.Value.Data["text/html"].GetValue<string>(),
            StringComparison.Ordinal);
        Assert.Contains("0.25", (await session.Run("#!sql\nSELECT min(loss) FROM 'm.jsonl'")).Value!.Text,
            StringComparison.Ordinal);
        await session.Run("#!sql\nCOPY (SELECT 7 AS seven) TO 'out.parquet'");
        Assert.True(File.Exists(Path.Combine(folder, "out.parquet")));
        Assert.Contains("7", (await session.Run("#!sql\nSELECT * FROM 'out.parquet'")).Value!.Text, StringComparison.Ordinal);
    }

    // What a run's folder holds is told by the library's own tests; here are lines as it writes them.
    [Fact]
    public async Task Folders_of_runs_are_tables_of_their_metrics_and_recipes()
    {
        foreach (var (run, seed, score) in new[] { ("first", 0, 0.5), ("second", 7, 0.75) })
        {
            var at = Directory.CreateDirectory(Path.Combine(folder, "runs", run)).FullName;
            File.WriteAllText(Path.Combine(at, "config.json"),
                $$$$"""{"model": {"name": "seglstm_nano"}, "training": {"seed": {{{{seed}}}}, "schedule": {"iterations": 10}}}""");
            File.WriteAllText(Path.Combine(at, "metrics.jsonl"), string.Create(CultureInfo.InvariantCulture, $$$"""
                {"kind":"step","iteration":0,"loss":1.5,"learning_rate":0.1,"gradient_norm":"NaN","seconds":2.5}
                {"kind":"validation","iteration":4,"mean_iou":0.25,"overall_accuracy":0.5,"iou":[0.25,"NaN"]}
                {"kind":"validation","iteration":9,"mean_iou":{{{score}}},"overall_accuracy":0.5,"iou":[0.25,0.5]}
                """));
        }

        var shown = await session.Run("""
            #!sql
            SELECT c.training.seed AS seed, max(m.mean_iou) AS best
            FROM read_json('runs/*/metrics.jsonl', union_by_name = true, filename = true) m
            JOIN read_json('runs/*/config.json', filename = true) c
              ON parse_dirpath(m.filename) = parse_dirpath(c.filename)
            WHERE m.kind = 'validation' GROUP BY ALL ORDER BY best DESC
            """);
        Assert.Equal("seed  best\n   7  0.75\n   0   0.5\n2 rows, 2 columns", shown.Value!.Text);
    }

    [Fact]
    public async Task State_and_several_statements()
    {
        await session.Run("#!sql\nCREATE TABLE t (a INTEGER, b VARCHAR); INSERT INTO t VALUES (1, 'x'), (2, NULL);");
        var cell = await session.Run("#!sql\nSELECT count(*) AS n FROM t;\nSELECT * FROM t ORDER BY a;");
        Assert.Equal(["display: n\n2\n1 row, 1 column", "result: a  b\n1  x\n2  NULL\n2 rows, 2 columns"], cell.Story);
    }

    [Fact]
    public async Task Many_rows_are_counted_and_few_are_shown()
    {
        var shown = (await session.Run("#!sql\nSELECT * FROM range(1234)")).Value!;
        Assert.EndsWith("first 50 of 1,234 rows, 1 column", shown.Text, StringComparison.Ordinal);
        var error = await session.Fail("#!sql\nSELECT * FROM range(2000000)");
        Assert.Contains("LIMIT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_is_the_database_s_with_the_line_of_the_cell()
    {
        var error = await session.Fail("#!sql\n\nSELECT 1;\nSELEC 2");
        Assert.Contains("syntax error", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, error.Line);
        Assert.Contains("does not exist", (await session.Fail("#!sql\nSELECT * FROM nowhere")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_fetched()
    {
        var error = await session.Fail("#!sql\nSELECT * FROM 'https://example.com/x.csv'");
        Assert.Contains("httpfs", string.Join("\n", error.Traceback), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_interrupt_stops_a_query_and_keeps_the_tables()
    {
        await session.Run("#!sql\nCREATE TABLE kept AS SELECT 5 AS five");
        using var interrupt = new CancellationTokenSource();
        var query = session.Notebook.RunAsync(
            new("#!sql\nSELECT count(*) FROM range(100000000) a, range(100000) b WHERE a.range * b.range % 7 = 3", 1),
            new CellRecord(), interrupt.Token);
        await Task.Delay(300);
        await interrupt.CancelAsync();
        Assert.Equal(CellError.Interrupted, (await query.WaitAsync(TimeSpan.FromSeconds(2))).Error!.Name);
        Assert.Contains("5", (await session.Run("#!sql\nFROM kept")).Value!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Collections_of_csharp_are_tables_by_name()
    {
        await session.Run("""
            record Run(string Model, double Miou, int? Epoch, DateTime When, float[] Ious);
            var runs = new List<Run>();
            runs.Add(new("vil", 0.71, 3, new DateTime(2026, 1, 2), [0.5f, 0.25f]));
            runs.Add(new("unet", 0.62, null, default, []));
            """);
        var cell = await session.Run("#!sql\nSELECT Model, Miou, Epoch, Ious FROM runs ORDER BY Miou");
        Assert.Equal("Model  Miou  Epoch  Ious\nunet   0.62   NULL  []\nvil    0.71      3  [0.5, 0.25]\n2 rows, 4 columns",
            cell.Value!.Text);
        await session.Run("runs.Add(new(\"seg\", 0.8, 1, default, [1f]));");
        Assert.Contains("3", (await session.Run("#!sql\nSELECT count(*) FROM runs")).Value!.Text, StringComparison.Ordinal);
    }
}
