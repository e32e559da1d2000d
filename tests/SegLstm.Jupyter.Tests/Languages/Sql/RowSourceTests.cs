using System.Data;
using SegLstm.Jupyter.Languages.Sql;

namespace SegLstm.Jupyter.Tests.Languages.Sql;

public sealed class RowSourceTests
{
    [Fact]
    public void Records_tuples_dictionaries_and_scalars_have_columns()
    {
        Assert.Equal("a:INTEGER b:VARCHAR", Columns(new[] { new { a = 1, b = "x" } }));
        Assert.Equal("Item1:INTEGER Item2:DOUBLE", Columns(new List<(int, double)> { (1, 2.0) }));
        Assert.Equal("Key:VARCHAR Value:BIGINT", Columns(new Dictionary<string, long> { ["k"] = 1 }));
        Assert.Equal("value:DATE", Columns(new[] { new DateOnly(2026, 1, 1) }));
        Assert.Equal("n:DOUBLE s:VARCHAR", Columns(new List<Dictionary<string, object?>>
        {
            new() { ["n"] = 1 }, new() { ["n"] = 0.5, ["s"] = "x" }, new() { ["n"] = null },
        }));
        Assert.Equal("d:DECIMAL(38, 3) e:VARCHAR",
            Columns(new[] { new { d = 1.125m, e = DayOfWeek.Friday }, new { d = 2m, e = DayOfWeek.Monday } }));
    }

    [Fact]
    public void Only_collections_of_records_are_tables_unasked()
    {
        Assert.True(RowSource.IsTable(new[] { new { a = 1 } }));
        Assert.True(RowSource.IsTable(new DataTable()));
        Assert.False(RowSource.IsTable(new[] { 1, 2 }));
        Assert.False(RowSource.IsTable("text"));
        Assert.False(RowSource.IsTable(Enumerable.Range(0, 3).Select(n => new { n })));
        Assert.True(RowSource.IsTabular(Enumerable.Range(0, 3)));
    }

    private static string Columns(object value) =>
        string.Join(" ", RowSource.Of(value).Columns.Select(column => $"{column.Name}:{column.SqlType}"));
}
