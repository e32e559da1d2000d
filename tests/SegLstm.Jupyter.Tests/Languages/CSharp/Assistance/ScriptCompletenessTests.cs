using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Languages.CSharp.Assistance;

namespace SegLstm.Jupyter.Tests.Languages.CSharp.Assistance;

public sealed class ScriptCompletenessTests
{
    [Theory]
    [InlineData("")]
    [InlineData("1 + 1")]
    [InlineData("var x = 1;")]
    [InlineData("Console.WriteLine(\"a\")")]
    [InlineData("if (true) { }")]
    [InlineData("class A { }")]
    [InlineData("using System.IO;")]
    [InlineData("// nothing")]
    [InlineData("for (var i = 0; i < 3; i++)\n{\n    display(i);\n}\n")]
    [InlineData("nowhere.Known")]
    public void Whole_code_is_complete(string code) => Assert.Equal(CompletenessKind.Complete, ScriptCompleteness.Of(code).Kind);

    [Theory]
    [InlineData("Console.WriteLine(\"a\"", "")]
    [InlineData("if (true) {", "    ")]
    [InlineData("class A\n{\n    void F()\n    {", "        ")]
    [InlineData("class A\n{\n    void F() { }", "    ")]
    [InlineData("var x = ", "")]
    [InlineData("1 +", "")]
    [InlineData("foreach (var x in new[] { 1 })", "")]
    [InlineData("$\"{1}\" + new List<int> {", "    ")]
    [InlineData("var s = @\"a", "")]
    [InlineData("var s = \"\"\"\n  a", "")]
    [InlineData("var s = $@\"a", "")]
    [InlineData("var s = $\"\"\"\n  a {1}", "")]
    [InlineData("/* a", "")]
    [InlineData("int F(int a,", "")]
    [InlineData("x => {", "    ")]
    [InlineData("#if true\n1", "")]
    [InlineData("#region a\n1", "")]
    public void Unfinished_code_is_incomplete_and_indented_by_its_braces(string code, string indent)
    {
        var state = ScriptCompleteness.Of(code);
        Assert.Equal((CompletenessKind.Incomplete, indent), (state.Kind, state.Indent));
    }

    [Theory]
    [InlineData(")")]
    [InlineData("int 1x = ;")]
    [InlineData("int 1x = ;\nConsole.WriteLine(")]
    [InlineData("var x = 1 }")]
    [InlineData("if (true) { )")]
    [InlineData("class { }")]
    [InlineData("var s = \"a")]
    [InlineData("for (;) { }")]
    public void Code_that_nothing_can_mend_is_invalid(string code) =>
        Assert.Equal(CompletenessKind.Invalid, ScriptCompleteness.Of(code).Kind);
}
