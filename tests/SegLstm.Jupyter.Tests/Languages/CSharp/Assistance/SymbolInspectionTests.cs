namespace SegLstm.Jupyter.Tests.Languages.CSharp.Assistance;

public sealed class SymbolInspectionTests : IDisposable
{
    private readonly Notebook notebook = new();

    [Theory]
    [InlineData("\"a\".Subst|ring(1)", "string string.Substring(int startIndex)")]
    [InlineData("\"a\".Length|", "int string.Length { get; }")]
    [InlineData("|Console", "class System.Console")]
    [InlineData("System.Te|xt", "namespace System.Text")]
    [InlineData("void F(int wid|th) { }", "(parameter) int width")]
    [InlineData("void F() { var wid|th = 3L; }", "(local) long width")]
    [InlineData("va|r x = new List<int>();", "class System.Collections.Generic.List<int>")]
    [InlineData("in|t x = 1;", "readonly struct System.Int32")]
    [InlineData("class Bo|x { }", "class Box")]
    [InlineData("DayOfWeek.Mon|day", "DayOfWeek.Monday = 1")]
    [InlineData("new[] { 1 }.Dist|inct()", "(extension) IEnumerable<int> IEnumerable<int>.Distinct<int>()")]
    [InlineData("int F(int x, string? name = null) => 1;\nF|(1)", "int F(int x, string? name = null)")]
    public async Task A_declaration_is_shown_in_the_languages_own_notation(string code, string expected) =>
        Assert.Equal(expected, (await notebook.Text(code)).Split('\n')[0]);

    [Fact]
    public async Task A_variable_of_an_earlier_cell_shows_its_value()
    {
        await notebook.Run("var counts = new List<int> { 3, 1, 4 }; var words = \"a text\";");
        await notebook.Run("var reads = 0; var query = counts.Select(x => ++reads);");
        Assert.Contains("List<int> counts", await notebook.Text("coun|ts"));
        Assert.Contains("4", await notebook.Text("coun|ts"));
        Assert.Contains("\"a text\"", await notebook.Text("wor|ds"));
        Assert.Contains("computed when it is read", await notebook.Text("que|ry"));
        Assert.Equal(0, await notebook.Run("reads"));
    }

    [Fact]
    public async Task A_long_value_is_cut()
    {
        await notebook.Run("var text = string.Join(\"\\n\", Enumerable.Range(0, 1000).Select(n => new string('x', 1000)));");
        var shown = await notebook.Text("text|");
        Assert.InRange(shown.Split('\n').Length, 5, 15);
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.Length, 0, 140));
    }

    [Fact]
    public async Task Documentation_of_the_framework_is_shown()
    {
        var text = await notebook.Text("\"a\".Subst|ring(1)");
        Assert.Contains("Retrieves a substring", text);
        Assert.Contains("Parameters\n  startIndex: ", text);
        Assert.Contains("Returns\n", text);
        Assert.Contains("Exceptions\n  ArgumentOutOfRangeException: ", text);
        Assert.Contains("Represents a strongly typed list", await notebook.Text("new Li|st<int>()"));
        Assert.Contains("Writes the specified string", await notebook.Text("Console.Write|Line(\"a\")"));
        Assert.Contains("Filters a sequence", await notebook.Text("new[] { 1 }.Wh|ere(x => x > 0)"));
    }

    [Fact]
    public async Task Documentation_of_cells_is_shown_with_references_in_short()
    {
        await notebook.Run("""
            /// <summary>
            /// Counts <see cref="System.Collections.Generic.List{T}"/>
            /// items of <paramref name="all"/>, or <see langword="null"/>.
            /// </summary>
            /// <remarks><para>First.</para><para>Second.</para></remarks>
            int Count(List<int> all) => all.Count;
            """);
        var text = await notebook.Text("Cou|nt(null)");
        Assert.Contains("Counts List<T> items of all, or null.", text);
        Assert.Contains("First.\n\n  Second.", text);
        var html = (await notebook.Inspect("Cou|nt(null)"))!.Html!;
        Assert.Contains("<code>List&lt;T&gt;</code>", html);
        Assert.Contains("<p>First.</p>", html);
    }

    [Fact]
    public async Task Inherited_documentation_is_followed()
    {
        await notebook.Run("""
            interface IShape { /// <summary>Its area in m².</summary>
                double Area(); }
            class Square : IShape { /// <inheritdoc/>
                public double Area() => 1; }
            class Tile : IShape { public virtual double Area() => 1; }
            class Small : Tile { public override double Area() => 2; }
            class Other { /// <inheritdoc cref="Square.Area"/>
                public void Act() { } }
            """);
        Assert.Contains("Its area in m².", await notebook.Text("new Square().Ar|ea()"));
        Assert.Contains("Its area in m².", await notebook.Text("new Small().Ar|ea()"));
        Assert.Contains("Its area in m².", await notebook.Text("new Other().Ac|t()"));
        Assert.Contains("Returns the hash code", await notebook.Text("\"a\".GetHash|Code()"));
    }

    [Fact]
    public async Task What_is_obsolete_is_told()
    {
        await notebook.Run("[Obsolete(\"use Area\")] int Size() => 1;");
        Assert.Contains("Obsolete: use Area", await notebook.Text("Siz|e()"));
    }

    [Fact]
    public async Task A_parameter_shows_what_its_method_says_of_it()
    {
        var code = "/// <param name=\"width\">In metres.</param>\nint F(int width) => wid|th;";
        Assert.Contains("In metres.", await notebook.Text(code));
    }

    [Fact]
    public async Task Details_list_base_types_members_and_the_assembly()
    {
        var text = await notebook.Text("StringBui|lder", detailed: true);
        Assert.Contains("Base types\n  object", text);
        Assert.Contains("StringBuilder Append(string? value)", text);
        Assert.Contains("System.Private.CoreLib", text);
        Assert.DoesNotContain("Members", await notebook.Text("StringBui|lder"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("|")]
    [InlineData("1 + | 2")]
    [InlineData("nowhere|")]
    [InlineData("// Console|")]
    [InlineData("\"Console|\"")]
    public async Task Nothing_known_is_nothing(string code) => Assert.Null(await notebook.Inspect(code == "" ? "|" : code));

    public void Dispose() => notebook.Dispose();
}
