using SegLstm.Jupyter.Server;

namespace SegLstm.Jupyter.Tests.Server;

public class HelpQuestionTests
{
    [Theory]
    [InlineData("Console.WriteLine?", "Console.WriteLine", false)]
    [InlineData("  Math.Abs?? ", "Math.Abs", true)]
    [InlineData("?x", "x", false)]
    [InlineData("??x", "x", true)]
    public void A_line_with_a_question_mark_at_its_end_or_beginning_asks(string cell, string code, bool detailed) =>
        Assert.Equal(new HelpQuestion(code, detailed), HelpQuestion.Parse(cell));

    [Theory]
    [InlineData("x")]
    [InlineData("?")]
    [InlineData("")]
    [InlineData("int? y = null;")]
    [InlineData("x ?? y")]
    [InlineData("// what is this?")]
    [InlineData("var x = 5; // ok?")]
    [InlineData("#!markdown really?")]
    [InlineData("a\nb?")]
    public void Other_cells_do_not(string cell) => Assert.Null(HelpQuestion.Parse(cell));
}
