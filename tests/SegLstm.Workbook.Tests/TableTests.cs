using SegLstm.Workbook.Formatters;

namespace SegLstm.Workbook.Tests;

public class TableTests
{
    private static Table Costs() => new Table("form", "time (ms)", "memory (byte)", "remark")
        .Row("parallel", 12.51234, 1234567, "<fast>").Row("chunkwise", double.NaN, 12, null).Titled("Cost & more")
        .Noted("On two cores.");

    [Fact]
    public void Text_has_aligned_columns() => Assert.Equal(
        """
        Cost & more
        form       time (ms)  memory (byte)  remark
        parallel       12.51      1,234,567  <fast>
        chunkwise          –             12  –
        On two cores.
        """, Costs().ToString());

    [Fact]
    public void Html_is_as_approved() => Approval.Check("table.html", TableHtml.Of(Costs()));

    [Fact]
    public void A_row_of_another_length_is_refused() =>
        Assert.Contains("form, time", Assert.Throws<ArgumentException>(() => new Table("form", "time").Row(1)).Message);

    [Fact]
    public void Objects_and_tuples_become_rows()
    {
        Assert.Equal("Name  Value\na         1\nb         2",
            Table.Of(new[] { new { Name = "a", Value = 1 }, new { Name = "b", Value = 2 } }).ToString());
        Assert.Equal("Item1  Item2\na        1.5", Table.Of(new[] { ("a", 1.5) }).ToString());
        Assert.Equal("Item1  Item2", Table.Of(Array.Empty<(string, int)>()).ToString());
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(0.5, "0.5")]
    [InlineData(123.456, "123.5")]
    [InlineData(12345.6, "12,346")]
    [InlineData(1.5e9, "1.5e+9")]
    [InlineData(2e-7, "2e-7")]
    [InlineData(double.NaN, "–")]
    public void Fractions_have_four_significant_digits(double value, string text) => Assert.Equal(text, Table.Text(value));
}
