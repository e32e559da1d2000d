using SegLstm.Jupyter.Magics;

namespace SegLstm.Jupyter.Tests.Magics;

public sealed class CellParserTests
{
    [Fact]
    public void Languages_change_at_the_top_and_in_the_middle()
    {
        var steps = CellParser.Parse("#!f#\nlet x = 1\n#!C#\nvar y = 2;\n#!js\nz()").Cast<CodeStep>().ToList();
        Assert.Equal(["fsharp", "csharp", "javascript"], steps.Select(step => step.Language).Where(language => language != ""));
        Assert.Equal([2, 4, 6], steps.Select(step => step.Line));
        Assert.Equal("\nlet x = 1\n", steps[0].Padded);
        Assert.Equal("\n\n\nvar y = 2;\n", steps[1].Padded);
    }

    [Fact]
    public void Positions_go_to_a_part_and_back()
    {
        const string Cell = "var a = 1;\n#!fsharp\nlet b = 2\n";
        var part = CellParser.CodeAt(Cell, Cell.IndexOf("b = 2", StringComparison.Ordinal))!;
        var padded = part.ToPadded(Cell.IndexOf("b = 2", StringComparison.Ordinal));
        Assert.Equal("b = 2", part.Padded.Substring(padded, 5));
        Assert.Equal(Cell.IndexOf("b = 2", StringComparison.Ordinal), part.FromPadded(padded));
    }

    [Theory]
    [InlineData("var s = \"\"\"\n#!fsharp\n\"\"\";")]
    [InlineData("var s = @\"\n#!nothing\n\";")]
    [InlineData("var s = $\"\"\"\n  {1}\n#!sql\n\"\"\";")]
    [InlineData("var s = $@\"{1}\n#!sql\n\";")]
    [InlineData("/*\n#!who\n*/ 1")]
    [InlineData("#!fsharp\nlet s = \"\"\"\n#!csharp\n\"\"\"")]
    [InlineData("#!fsharp\n(* a (* b *)\n#!csharp\n*)")]
    [InlineData("#!markdown\nA script begins with\n#!/bin/sh\n#!powershell-like\n")]
    public void Lines_in_strings_comments_and_text_are_no_magics(string cell)
    {
        Assert.Single(CellParser.Parse(cell));
    }

    [Fact]
    public void A_string_that_ends_lets_magics_be_magics()
    {
        var steps = CellParser.Parse("var s = \"\"\"\n#!fsharp\n\"\"\";\n#!fsharp\n1").Cast<CodeStep>().ToList();
        Assert.Equal(["csharp", "fsharp"], steps.Select(step => step.Language));
        Assert.Equal(5, steps[1].Line);
    }

    [Fact]
    public void Commands_stand_between_the_code_around_them()
    {
        var steps = CellParser.Parse("var a = 1;\n#!time\na");
        Assert.Equal(["CodeStep", "CommandStep", "CodeStep"], steps.Select(step => step.GetType().Name));
        Assert.Equal("time", ((CommandStep)steps[1]).Call.Magic.Name);
        Assert.Equal("\n\na", ((CodeStep)steps[2]).Padded);
    }

    [Theory]
    [InlineData("1\n#!fshrap\n2", "Do you mean #!fsharp?", 2, 0)]
    [InlineData("#!quux", "#!lsmagic lists", 1, 0)]
    [InlineData("#!share x --form csharp", "Do you mean --from?", 1, 10)]
    [InlineData("#!share --from csharp", "#!share wants --name", 1, 21)]
    [InlineData("#!set --name x --name y --value 1", "--name stands twice", 1, 15)]
    [InlineData("#!set --name x --value", "--value wants a value", 1, 15)]
    [InlineData("#!who x", "takes no value x", 1, 6)]
    public void A_wrong_magic_says_what_is_wrong_and_where(string cell, string message, int line, int column)
    {
        var wrong = Assert.Throws<MagicException>(() => CellParser.Parse(cell));
        Assert.Contains(message, wrong.Message, StringComparison.Ordinal);
        Assert.Equal((line, column), (wrong.Line, wrong.Column));
    }

    [Theory]
    [InlineData("#!set --name x --value \"one two\"", "one two")]
    [InlineData("#!set --name x --value=\"a \\\"b\\\"\"", "a \"b\"")]
    [InlineData("#!set --name x --value \"C:\\temp\\x\"", "C:\\temp\\x")]
    [InlineData("#!set --name x --value https://example.com", "https://example.com")]
    [InlineData("#!set --name x --value { \"a\": [1, \"}\"] }", "{ \"a\": [1, \"}\"] }")]
    public void Values_may_have_quotes_and_braces(string line, string value)
    {
        Assert.Equal(value, MagicCall.Parse(line, 1).Options["--value"]!.Text);
    }

    [Theory]
    [InlineData("@csharp:x", "csharp", "x")]
    [InlineData("@input", "input", "")]
    [InlineData("@input:\"Your name?\"", "input", "Your name?")]
    [InlineData("@password:{\"prompt\": \"Say it\"}", "password", "{\"prompt\": \"Say it\"}")]
    public void References_have_a_source(string value, string source, string text)
    {
        var token = MagicCall.Parse($"#!set --name x --value {value}", 1).Options["--value"]!;
        Assert.Equal((MagicTokenKind.Reference, source, text), (token.Kind, token.Source, token.Text));
    }
}
