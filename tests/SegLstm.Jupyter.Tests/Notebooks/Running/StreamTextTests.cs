using SegLstm.Jupyter.Notebooks.Running;

namespace SegLstm.Jupyter.Tests.Notebooks.Running;

public class StreamTextTests
{
    [Theory]
    [InlineData("10 %\r50 %\r100 %\n", "100 %\n")]
    [InlineData("long line\rshort\n", "shortline\n")]
    [InlineData("long line\r\u001b[Kshort\n", "short\n")]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("abc\b\bX\n", "aXc\n")]
    [InlineData("\u001b[31mred\u001b[0m\rR\n", "R\u001b[31med\u001b[0m\n")]
    [InlineData("half a line", "half a line")]
    public void The_text_is_what_a_terminal_would_show(string written, string shown)
    {
        var all = new StreamText();
        all.Append(written);
        Assert.Equal(shown, all.ToString());

        var pieces = new StreamText();
        foreach (char c in written) pieces.Append(c.ToString());
        Assert.Equal(shown, pieces.ToString());
    }

    [Fact]
    public void A_bar_of_a_million_steps_takes_little_memory()
    {
        var text = new StreamText();
        for (int i = 0; i < 1_000_000; i++) text.Append($"\r{i} of 1000000");
        Assert.Equal("999999 of 1000000", text.ToString());
    }

    [Fact]
    public void A_cell_that_prints_without_end_is_cut_and_says_so()
    {
        var text = new StreamText();
        string line = new string('x', 999) + "\n";
        for (int i = 0; i < StreamText.Limit / 1000 + 10; i++) text.Append(line);
        Assert.EndsWith("MiB]\n", text.ToString());
        Assert.InRange(text.ToString().Length, StreamText.Limit, StreamText.Limit + 2000);
    }
}
