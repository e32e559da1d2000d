namespace SegLstm.Jupyter.Tests.Languages.CSharp.Assistance;

public sealed class CompletionSourceTests : IDisposable
{
    private readonly Notebook notebook = new();

    [Theory]
    [InlineData("\"a\".Subst|", "Substring")]
    [InlineData("Console.WriteL|", "WriteLine")]
    [InlineData("Console.WL|", "WriteLine")]
    [InlineData("Console.writel|", "WriteLine")]
    [InlineData("System.Text.StringBui|", "StringBuilder")]
    [InlineData("global::Syst|", "System")]
    [InlineData("string? s = null; s?.Len|", "Length")]
    [InlineData("int? n = 3; n.HasV|", "HasValue")]
    [InlineData("int? n = 3; n?.CompareT|", "CompareTo")]
    [InlineData("new List<int>().Wher|", "Where")]
    [InlineData("new List<string>().Select(x => x.Len|", "Length")]
    [InlineData("new List<string>()\n    .Where(x => x != null)\n    .Sel|\n    .ToList();", "Select")]
    [InlineData("from word in new[] { \"a\" } where wor|", "word")]
    [InlineData("from word in new[] { \"a\" } where word.Len|", "Length")]
    [InlineData("DateTime.Now.Date.AddD|", "AddDays")]
    [InlineData("var s = \"a\";\ns.Len|\nvar n = 3;", "Length")]
    [InlineData("var s = \"a\";\ns.Len|\nn = 3;", "Length")]
    [InlineData("(int Width, int Height) size = (1, 2); size.Wid|", "Width")]
    [InlineData("dynamic d = 1; var x = new { Area = 3 }; x.Ar|", "Area")]
    [InlineData("int[] a = { 1 }; a[0].CompareT|", "CompareTo")]
    [InlineData("$\"{DateTime.Now.Hou|}\"", "Hour")]
    [InlineData("$\"{DateTime.Now.Hou|", "Hour")]
    [InlineData("unsafe { DateTime t; var p = &t; p->Hou| }", "Hour")]
    public async Task Members_come_after_a_dot(string code, string expected) =>
        Assert.Contains(expected, await notebook.Names(code));

    [Theory]
    [InlineData("int width = 3; int twice = wid|", "width")]
    [InlineData("void F(int width) { if (wid|", "width")]
    [InlineData("foreach (var word in new[] { \"a\" }) { wor|", "word")]
    [InlineData("Func<int, int> f = width => wid|", "width")]
    [InlineData("int width = 3;\nwid|\nvar x = 4;", "width")]
    [InlineData("int Width() => 3; Wid|", "Width")]
    [InlineData("class Box { int width; int Twice() => wid|", "width")]
    [InlineData("Conso|", "Console")]
    [InlineData("Syst|", "System")]
    [InlineData("forea|", "foreach")]
    [InlineData("var x = nul|", "null")]
    [InlineData("var x = strin|", "string")]
    [InlineData("List<strin|>", "string")]
    [InlineData("typeof(Dictio|)", "Dictionary")]
    [InlineData("displ|", "display")]
    [InlineData("class Box { publ|", "public")]
    [InlineData("class Box { public int Width { ge|", "get")]
    [InlineData("object o = 1; o i|", "is")]
    [InlineData("int @class = 1; cla|", "@class")]
    public async Task Names_in_scope_are_offered(string code, string expected) =>
        Assert.Contains(expected, await notebook.Names(code));

    [Fact]
    public async Task A_name_that_is_a_keyword_keeps_one_sign() =>
        Assert.Contains("class", await notebook.Names("int @class = 1; @cla|"));

    [Fact]
    public async Task Names_of_earlier_cells_are_offered()
    {
        await notebook.Run("var landCover = new List<string>(); class Landscape { public double Area; } int Land() => 1;");
        await notebook.Run("using System.Globalization;");
        Assert.Equal(["Land", "Landscape", "landCover"], (await notebook.Names("Land|")).Order(StringComparer.Ordinal));
        Assert.Contains("Area", await notebook.Names("new Landscape().Ar|"));
        Assert.Contains("Add", await notebook.Names("landCover.Ad|"));
        Assert.Contains("CultureInfo", await notebook.Names("CultureI|"));
    }

    [Theory]
    [InlineData("// Conso|")]
    [InlineData("/* Conso| */")]
    [InlineData("\"Conso|\"")]
    [InlineData("\"Conso|")]
    [InlineData("@\"a\nConso|\"")]
    [InlineData("$\"Conso| {1}\"")]
    [InlineData("\"\"\"\nConso|\n\"\"\"")]
    [InlineData("'C|'")]
    [InlineData("1.5|")]
    [InlineData("12|")]
    [InlineData("int tot|")]
    [InlineData("class Conso|")]
    [InlineData("void F(int Conso|) { }")]
    [InlineData("foreach (var Conso|")]
    [InlineData("#if Conso|")]
    public async Task Nothing_is_offered_in_comments_texts_numbers_and_new_names(string code) =>
        Assert.Empty(await notebook.Names(code));

    [Theory]
    [InlineData("class Box { private int secret; }\nnew Box().|", "secret")]
    [InlineData("Console.|", "get_In")]
    [InlineData("\"a\".|", "op_Equality")]
    [InlineData("var x = | 1; int laterOn = 3;", "laterOn")]
    [InlineData("var ownName = |", "ownName")]
    [InlineData("|", "Equals")]
    [InlineData("new System.Runtime.CompilerServices.AsyncTaskMethodBuilder().|", "ObjectIdForDebugger")]
    [InlineData("HashCode h = default; h.|", "GetHashCode")]
    public async Task What_cannot_be_used_is_not_offered(string code, string hidden)
    {
        var names = await notebook.Names(code);
        Assert.NotEmpty(names);
        Assert.DoesNotContain(hidden, names);
    }

    [Fact]
    public async Task What_is_not_meant_to_be_seen_is_not_offered()
    {
        await notebook.Run("""
            using System.ComponentModel;
            class Box { [EditorBrowsable(EditorBrowsableState.Never)] public int Old; public int OldButGood; }
            """);
        Assert.Equal(["OldButGood"], await notebook.Names("new Box().Old|"));
    }

    [Fact]
    public async Task Classes_that_hold_cells_are_not_offered()
    {
        await notebook.Run("var x = 1;");
        Assert.DoesNotContain(await notebook.Names("Su|"), name => name.StartsWith("Submission", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Static_members_are_not_offered_on_values_nor_the_other_way()
    {
        Assert.DoesNotContain("IsNullOrEmpty", await notebook.Names("\"a\".I|"));
        Assert.DoesNotContain("Substring", await notebook.Names("string.S|"));
        Assert.Contains("Join", await notebook.Names("string.J|"));
    }

    [Fact]
    public async Task Extension_methods_fit_the_receiver()
    {
        Assert.DoesNotContain("Where", await notebook.Names("3.W|"));
        Assert.Contains("Where", await notebook.Names("new int[0].W|"));
    }

    [Fact]
    public async Task A_using_takes_namespaces_and_a_static_one_types()
    {
        Assert.Contains("Globalization", await notebook.Names("using System.Glob|"));
        Assert.DoesNotContain("Globbing", await notebook.Names("using System.Glob|"));
        Assert.DoesNotContain("Console", await notebook.Names("using System.Cons|"));
        Assert.Contains("Math", await notebook.Names("using static System.Mat|"));
    }

    [Fact]
    public async Task New_takes_what_can_be_created()
    {
        var names = await notebook.Names("var x = new S|");
        Assert.Contains("StringBuilder", names);
        Assert.DoesNotContain("Stream", names);
        Assert.DoesNotContain("switch", names);
        Assert.Equal("List", (await notebook.Names("List<int> x = new L|"))[0]);
        Assert.All((await notebook.Names("throw new |")).Take(5), name => Assert.EndsWith("Exception", name));
    }

    [Theory]
    [InlineData("DayOfWeek day = |", "DayOfWeek.Monday")]
    [InlineData("DayOfWeek day = Mon|", "DayOfWeek.Monday")]
    [InlineData("if (DateTime.Now.DayOfWeek == |", "DayOfWeek.Monday")]
    [InlineData("void F(int n, DayOfWeek day) { }\nF(1, |", "DayOfWeek.Monday")]
    [InlineData("\"a\".Equals(\"A\", |)", "StringComparison.Ordinal")]
    [InlineData("DayOfWeek day; day = |", "DayOfWeek.Monday")]
    [InlineData("DayOfWeek? day = |", "DayOfWeek.Monday")]
    [InlineData("switch (DateTime.Now.DayOfWeek) { case |", "DayOfWeek.Monday")]
    [InlineData("var x = DateTime.Now.DayOfWeek switch { | => 1 };", "DayOfWeek.Monday")]
    [InlineData("var x = DateTime.Now.DayOfWeek is |", "DayOfWeek.Monday")]
    public async Task Members_of_an_expected_enum_come_first(string code, string expected) =>
        Assert.Contains(expected, (await notebook.Names(code)).Take(12));

    [Fact]
    public async Task Arguments_can_be_named()
    {
        Assert.Equal("digits:", (await notebook.Names("Math.Round(1.5, dig|"))[0]);
        Assert.DoesNotContain("value:", await notebook.Names("Math.Round(1.5, val|"));
        Assert.Contains("capacity:", await notebook.Names("new List<int>(cap|)"));
    }

    [Theory]
    [InlineData("new Box { Height = 1, |")]
    [InlineData("Box b = new() { Height = 1, |")]
    [InlineData("new Box() with { Height = 1, |")]
    [InlineData("new Box { Height = 1, Wi| = 3 }")]
    public async Task An_initialiser_takes_the_members_that_are_left(string code)
    {
        await notebook.Run("record Box { public int Width { get; set; } public int Height { get; init; } }");
        Assert.Equal(["Width"], await notebook.Names(code));
    }

    [Fact]
    public async Task A_property_pattern_takes_properties() =>
        Assert.Contains("Length", await notebook.Names("\"a\" is { Len|"));

    [Fact]
    public async Task Attributes_are_named_without_their_suffix()
    {
        Assert.Contains("Obsolete", await notebook.Names("[Obs|] class A { }"));
        Assert.Contains("Obsolete", await notebook.Names("[Obs|"));
        Assert.Contains("Obsolete", await notebook.Names("class A { [Obs|"));
    }

    [Fact]
    public async Task The_whole_name_around_the_cursor_is_replaced()
    {
        var list = await notebook.Complete("var x = Console.Wri|te + 1;");
        Assert.Equal(("var x = Console.".Length, "var x = Console.Write".Length), (list.Start, list.End));
        Assert.Contains(list.Items, item => item.Text == "WriteLine");
    }

    [Fact]
    public async Task Better_matches_come_first()
    {
        var names = await notebook.Names("var read = 1; var Reader = 2; rea|");
        Assert.Equal("read", names[0]);
        Assert.True(Array.IndexOf(names, "readonly") < Array.IndexOf(names, "Reader"));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public async Task Kinds_and_signatures_are_told()
    {
        var list = await notebook.Complete("Console.WriteLin|");
        var item = Assert.Single(list.Items);
        Assert.Equal("function", item.Kind);
        Assert.StartsWith("void WriteLine(", item.Signature);
        Assert.Contains("overloads", item.Signature);
        Assert.Equal("instance", Assert.Single((await notebook.Complete("var total = 3; tota|")).Items).Kind);
        Assert.Equal("module", (await notebook.Complete("System.Globalizatio|")).Items[0].Kind);
        Assert.Equal("property", (await notebook.Complete("\"a\".Lengt|")).Items[0].Kind);
        Assert.Equal("enum", (await notebook.Complete("DayOfWee|")).Items[0].Kind);
        Assert.Equal("int total", (await notebook.Complete("var total = 3; tota|")).Items[0].Signature);
    }

    [Fact]
    public async Task Completion_is_quick_after_twenty_cells()
    {
        for (var i = 0; i < 20; i++)
        {
            await notebook.Run($"var name{i} = Enumerable.Range(0, {i}).ToList(); int F{i}(int x) => x + name{i}.Count;");
        }

        var times = new List<double>();
        string[] codes = ["name1.Sel|", "nam|", "F3(|", "C|", "name19.Where(x => x.CompareT|"];
        foreach (var code in Enumerable.Repeat(codes, 4).SelectMany(one => one))
        {
            var clock = System.Diagnostics.Stopwatch.StartNew();
            Assert.NotEmpty(await notebook.Names(code));
            times.Add(clock.Elapsed.TotalMilliseconds);
        }

        // The limit is 150 ms; other work on the machine has its share.
        var median = times.Skip(5).Order().ElementAt(7);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", times.Select(one => $"{one:F0} ms")));
        Assert.True(median < 150, $"{median:F0} ms");
    }

    public void Dispose() => notebook.Dispose();
}
