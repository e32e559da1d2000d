using SegLstm.Jupyter.Notebooks;

namespace SegLstm.Jupyter.Tests.Notebooks;

public class LineSplittingTests
{
    [Theory]
    [InlineData("", new string[0])]
    [InlineData("a", new[] { "a" })]
    [InlineData("a\nb\n", new[] { "a\n", "b\n" })]
    [InlineData("a\r\nb\rc\u2028d", new[] { "a\r\n", "b\r", "c\u2028", "d" })]
    public void Lines_keep_their_ends_and_are_those_of_Python(string text, string[] lines) =>
        Assert.Equal(lines, LineSplitting.Lines(text).Select(line => (string)line!));
}
