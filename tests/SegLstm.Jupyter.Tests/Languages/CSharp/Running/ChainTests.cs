namespace SegLstm.Jupyter.Tests.Languages.CSharp.Running;

public sealed class ChainTests : IDisposable
{
    private readonly Notebook notebook = new();

    [Theory]
    [InlineData("class A { }")]
    [InlineData("var x = Enumerable.Range(0, 9).Sum();")]
    [InlineData("int F(int a) => a + 1; F(2);")]
    [InlineData("using System.IO; var p = Path.GetTempPath();")]
    [InlineData("record R(int A); var r = new R(1); var list = new List<R> { r };")]
    [InlineData("var rows = Enumerable.Range(0, 3).Select(i => new { Id = i }).ToList(); rows[0].Id.ToString();")]
    [InlineData("var add = (int a, int b = 5) => a + b; add(1);")]
    [InlineData("Console.Write(\"\");")]
    [InlineData("record R(int A); int Of(R r, List<R> all) => r.A;")]
    [InlineData("int Sum(int n) => n < 1 ? 0 : n + Sum(n - 1); Sum(3);")]
    [InlineData("class Box<T> { } class Box { public Box<int> Of; }")]
    public async Task A_cell_that_runs_again_and_again_leaves_one_assembly_behind(string code)
    {
        await notebook.Run("var before = 1;");
        List<WeakReference> assemblies = [];
        for (int i = 0; i < 20; i++)
        {
            assemblies.Add((WeakReference)(await notebook.Run(
                code + "\nnew WeakReference(((Action)(() => { })).Method.Module.Assembly)"))!);
        }

        Assert.Equal(1, await notebook.Run("before"));
        for (int i = 0; i < 10 && assemblies.Count(one => one.IsAlive) > 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(assemblies.Count(one => one.IsAlive), 0, 3);
    }

    [Fact]
    public async Task Cells_that_take_turns_leave_one_assembly_each_behind()
    {
        const string own = "\nnew WeakReference(((Action)(() => { })).Method.Module.Assembly)";
        List<WeakReference> assemblies = [];
        for (int i = 0; i < 30; i++)
        {
            assemblies.Add((WeakReference)(await notebook.Run("var a = 1;" + own))!);
            assemblies.Add((WeakReference)(await notebook.Run("int B() => a * 2;" + own))!);
            assemblies.Add((WeakReference)(await notebook.Run("var c = B() + a;" + own))!);
        }

        for (int i = 0; i < 10 && assemblies.Count(one => one.IsAlive) > 9; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(assemblies.Count(one => one.IsAlive), 3, 9);
    }

    [Fact]
    public async Task Overloads_and_generic_namesakes_of_other_cells_stay()
    {
        await notebook.Run("int Area(int r) => r * r;");
        await notebook.Run("class Box<T> { public T Value; }");
        await notebook.Run("int Area(int a, int b) => a * b;");
        await notebook.Run("class Box { }");
        for (int i = 0; i < 10; i++)
        {
            await notebook.Run("int Twice(int r) => Area(r) + Area(r, 1);");
            await notebook.Run("int Area(string side) => Area(int.Parse(side));");
        }

        Assert.Equal(9 + 6 + 9, await notebook.Run("Area(3) + Area(2, 3) + Area(\"3\")"));
        Assert.Equal(12, await notebook.Run("Twice(3)"));
        Assert.Equal(4, await notebook.Run("new Box<int> { Value = 4 }.Value"));
    }

    [Fact]
    public async Task Overloads_that_take_turns_leave_one_assembly_each_behind()
    {
        const string own = "\nnew WeakReference(((Action)(() => { })).Method.Module.Assembly)";
        List<WeakReference> assemblies = [];
        for (int i = 0; i < 30; i++)
        {
            assemblies.Add((WeakReference)(await notebook.Run("int Area(int r) => r * r;" + own))!);
            assemblies.Add((WeakReference)(await notebook.Run("int Area(int a, int b) => a * b;" + own))!);
            assemblies.Add((WeakReference)(await notebook.Run("var sum = Area(3) + Area(1, 2);" + own))!);
        }

        for (int i = 0; i < 10 && assemblies.Count(one => one.IsAlive) > 9; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.InRange(assemblies.Count(one => one.IsAlive), 3, 9);
    }

    [Fact]
    public async Task A_function_that_is_first_called_after_a_collection_finds_the_types_that_it_uses()
    {
        await notebook.Run("class A { public int X = 5; }");
        await notebook.Run("int Use() => new A().X;");
        for (int i = 0; i < 5; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(5, await notebook.Run("Use()"));
    }

    [Fact]
    public async Task Cells_that_take_turns_replace_themselves()
    {
        for (int i = 0; i < 30; i++)
        {
            await notebook.Run($"var a = {i};");
            await notebook.Run("int B() => a * 2;");
            await notebook.Run("class C { public int Value; }\nvar c = new C { Value = B() };");
            Assert.Equal(2 * i, await notebook.Run("c.Value"));
        }

        Assert.Equal(["a", "c"], notebook.CSharp.Variables.Select(variable => variable.Name).Order());
    }

    [Fact]
    public async Task What_others_mention_stays_when_it_is_declared_again()
    {
        await notebook.Run("class P { public int Old = 1; }\nstatic P Make() => new P();");
        await notebook.Run("var kept = Make();");
        for (int i = 0; i < 20; i++)
        {
            await notebook.Run("class P { public string New = \"n\"; }");
        }

        Assert.Equal(1, await notebook.Run("kept.Old + Make().Old - 1"));
        Assert.Equal("n", await notebook.Run("new P().New"));
    }

    [Fact]
    public async Task Anonymous_types_of_one_cell_are_known_in_others()
    {
        await notebook.Run("var one = new { Id = 1 };");
        for (int i = 0; i < 12; i++)
        {
            await notebook.Run("var x = 1; var many = new[] { one, new { Id = 2 } };");
            await notebook.Run($"var y{i} = new {{ Name = \"a\", Id = many[1].Id }};");
        }

        Assert.Equal(3, await notebook.Run("many.Sum(m => m.Id)"));
        Assert.Equal(2, await notebook.Run("y3.Id"));
        Assert.Equal(true, await notebook.Run("one.GetType() == new { Id = 5 }.GetType()"));
    }

    [Fact]
    public async Task A_session_of_many_cells_stays_quick()
    {
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(i + 1, await notebook.Run($"var v{i} = {i};\nint F{i}() => v{i} + 1;\nF{i}()"));
        }

        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (int i = 0; i < 10; i++)
        {
            await notebook.Run("v3 + F59()");
        }

        Assert.True(clock.ElapsedMilliseconds < 10 * 150, $"{clock.ElapsedMilliseconds / 10} ms a cell");
    }

    public void Dispose() => notebook.Dispose();
}
