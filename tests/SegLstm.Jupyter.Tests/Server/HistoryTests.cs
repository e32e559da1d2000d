using SegLstm.Jupyter.Server;

namespace SegLstm.Jupyter.Tests.Server;

public class HistoryTests
{
    private readonly History _history = new();

    public HistoryTests()
    {
        string[] cells = ["var x = 1;", "x", "x + [1]", "x", "Console.WriteLine(x)"];
        for (int i = 0; i < cells.Length; i++) _history.Add(i + 1, cells[i], i == 1 ? "1" : null);
    }

    [Fact]
    public void The_tail_is_the_last_cells_oldest_first() => Assert.Equal([4, 5], Lines(_history.Tail(2)));

    [Fact]
    public void A_tail_longer_than_the_history_is_all_of_it() => Assert.Equal(5, _history.Tail(100).Count);

    [Theory]
    [InlineData(0, 2, 4, new[] { 2, 3 })]
    [InlineData(1, 2, 4, new[] { 2, 3 })]
    [InlineData(0, 4, null, new[] { 4, 5 })]
    [InlineData(0, 9, null, new int[0])]
    [InlineData(7, 1, null, new int[0])]
    public void A_range_ends_before_its_stop(int session, int start, int? stop, int[] lines) =>
        Assert.Equal(lines, Lines(_history.Range(session, start, stop)));

    [Theory]
    [InlineData("*", false, null, new[] { 1, 2, 3, 4, 5 })]
    [InlineData("x", false, null, new[] { 2, 4 })]
    [InlineData("x*", false, null, new[] { 2, 3, 4 })]
    [InlineData("x*", true, null, new[] { 3, 4 })]
    [InlineData("x*", false, 2, new[] { 3, 4 })]
    [InlineData("x", true, 5, new[] { 4 })]
    [InlineData("*WriteLine(?)", false, null, new[] { 5 })]
    [InlineData("x + [[]1]", false, null, new[] { 3 })]
    [InlineData("[a-c]*", false, null, new int[0])]
    [InlineData("[!x]*", false, null, new[] { 1, 5 })]
    [InlineData("[z-a]", false, null, new int[0])]
    [InlineData("(((", false, null, new int[0])]
    [InlineData("[", false, null, new int[0])]
    public void A_search_matches_whole_cells(string glob, bool unique, int? count, int[] lines) =>
        Assert.Equal(lines, Lines(_history.Search(glob, unique, count)));

    [Fact]
    public void A_cell_of_several_lines_is_matched_across_them()
    {
        _history.Add(6, "first\nsecond", null);
        Assert.Equal([6], Lines(_history.Search("f*second", unique: false, count: null)));
    }

    [Fact]
    public void Long_values_and_long_histories_are_cut()
    {
        for (int i = 0; i < History.Capacity + 10; i++) _history.Add(i, "cell", new string('x', 2 * History.LongestOutput));
        Assert.Equal(History.Capacity, _history.Tail(null).Count);
        Assert.Equal(History.LongestOutput + 1, _history.Tail(1)[0].Output!.Length);
    }

    private static int[] Lines(IReadOnlyList<HistoryEntry> entries) => [.. entries.Select(entry => entry.Line)];
}
