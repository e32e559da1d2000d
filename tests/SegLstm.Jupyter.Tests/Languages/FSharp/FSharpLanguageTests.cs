using System.Diagnostics;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Tests.Sessions;

namespace SegLstm.Jupyter.Tests.Languages.FSharp;

public sealed class FSharpLanguageTests(FSharpNotebook notebook) : IClassFixture<FSharpNotebook>
{
    private readonly Session session = notebook.Session;

    [Fact]
    public async Task State_values_and_output()
    {
        await session.Run("#!fsharp\nlet twice n = 2 * n\nlet answer = 21");
        var cell = await session.Run("#!fsharp\nprintfn \"%d\" answer\neprintf \"oops\"\ntwice answer");
        Assert.Equal(["stdout: 21\n", "stderr: oops", "result: 42"], cell.Story);
        Assert.Empty((await session.Run("#!fsharp\nlet quiet = 1")).Events);
        Assert.Empty((await session.Run("#!fsharp\n()")).Events);
    }

    [Fact]
    public async Task Display_functions_are_open()
    {
        var cell = await session.Run("""
            #!f#
            display "a" |> ignore
            HTML "<b>b</b>" |> display |> ignore
            [1; 2] |> display |> ignore
            (3).Display() |> ignore
            """);
        Assert.Equal(["display: a", "display: b", "display: [ 1, 2 ]", "display: 3"], cell.Story);
    }

    [Fact]
    public async Task Values_cross_by_reference_and_keep_their_types()
    {
        await session.Run("""
            var n = 7; var list = new List<int> { 1 }; var query = list.Select(v => v + 1); var floats = new float[] { 1.5f };
            string none = null; (int, string) pair = (1, "p");
            """);
        await session.Run("""
            #!fsharp
            #!share --from csharp n
            #!share --from csharp list
            #!share --from csharp query
            #!share --from csharp floats
            #!share --from csharp none
            #!share --from csharp pair
            let m : int = n + 1
            list.Add m
            let total = Seq.sum query + int floats.[0]
            let struct (first, _) = pair
            let isNone = isNull none
            """);
        await session.Run("#!share --from fsharp m\n#!share --from fsharp total\n#!share --from fsharp isNone");
        Assert.Equal("Int32 8 1,8 12 True", (await session.Run("$\"{m.GetType().Name} {m} {string.Join(',', list)} {total} {isNone}\"")).Value!.Text);
    }

    [Fact]
    public async Task A_type_that_a_cell_declares_is_an_object_there_and_says_so()
    {
        await session.Run("record Own(int A); var own = new Own(3);");
        var cell = await session.Run("#!fsharp\n#!share --from csharp own\nown.ToString()");
        Assert.Equal("Own { A = 3 }", cell.Value!.Text);
        Assert.Contains("own is an obj here", cell.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_referenced_assembly_is_the_one_that_the_host_loads()
    {
        var markdig = Path.Combine(AppContext.BaseDirectory, "Markdig.dll");
        await session.Run($"""
            #!fsharp
            #r @"{markdig}"
            let html = Markdig.Markdown.ToHtml("# Head")
            let kind = typeof<Markdig.Markdown>
            """);
        var cell = await session.Run("""
            #!share --from fsharp html
            #!share --from fsharp kind
            var host = System.Runtime.Loader.AssemblyLoadContext.Default.LoadFromAssemblyName(new("Markdig"));
            $"{html.Contains("<h1")} {object.ReferenceEquals(kind, host.GetType("Markdig.Markdown"))}"
            """);
        Assert.Equal("True True", cell.Value!.Text);
        var error = await session.Fail("#!fsharp\n\n#r \"nowhere/missing.dll\"");
        Assert.Equal(3, error.Line);
        Assert.Contains("missing.dll", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_have_the_lines_of_the_cell()
    {
        var compiler = await session.Fail("var c = 1;\n#!fsharp\n\nlet z : int = \"s\"");
        Assert.Equal(("CompilationError", 4), (compiler.Name, compiler.Line));
        Assert.Contains("              ^^^", string.Join("\n", compiler.Traceback), StringComparison.Ordinal);
        var thrown = await session.Fail("#!fsharp\nlet g (n: int) : int =\n    failwith \"boom\"\n\ng 3 |> ignore");
        Assert.Equal(("Exception", "boom"), (thrown.Name, thrown.Message));
        Assert.InRange(thrown.Line!.Value, 3, 5);
        Assert.Contains("warning FS0025", (await session.Run("#!fsharp\nlet part = match Some 1 with | Some q -> q")).Stderr,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("let mutable i = 0L\nwhile true do i <- i + 1L")]
    [InlineData("let rec fib n = if n < 2 then n else fib (n - 1) + fib (n - 2)\nfib 80")]
    [InlineData("let rec spin n =\n    match n with\n    | 0 -> 0\n    | _ ->\n        spin (n + 1)\nspin 1")]
    [InlineData("let rec spin n = match n with\n                 | 0 -> 0\n                 | _ -> spin (n + 1)\nspin 1")]
    [InlineData("for i in Seq.initInfinite id do\n    if i < 0 then printfn \"never\"")]
    [InlineData("Seq.initInfinite id |> Seq.iter (fun i -> ignore i)")]
    [InlineData("System.Threading.Thread.Sleep 60000")]
    [InlineData("Async.RunSynchronously (Async.Sleep 60000)")]
    public async Task An_interrupt_stops_loops_recursions_and_waits(string code)
    {
        await session.Run("#!fsharp\nlet kept = 5");
        using var interrupt = new CancellationTokenSource();
        var cell = session.Notebook.RunAsync(new CellRequest("#!fsharp\n" + code, 1), new CellRecord(), interrupt.Token);
        await Task.Delay(1000);
        var time = Stopwatch.StartNew();
        await interrupt.CancelAsync();
        Assert.Equal(CellError.Interrupted, (await cell.WaitAsync(TimeSpan.FromSeconds(10))).Error!.Name);
        Assert.InRange(time.ElapsedMilliseconds, 0, 2000);
        Assert.Equal("6", (await session.Run("#!fsharp\nkept + 1")).Value!.Text);
    }

    [Fact]
    public async Task A_recursion_without_end_is_an_error()
    {
        var error = await session.Fail("#!fsharp\nlet rec deep n : int = 1 + deep (n + 1)\ndeep 0 |> ignore");
        Assert.Equal("InsufficientExecutionStackException", error.Name);
        Assert.True(error.Traceback.Count < 30);
    }

    [Fact]
    public async Task Woven_code_means_the_same()
    {
        var cell = await session.Run("""
            #!fsharp
            let evens = [ for i in 1 .. 5 do if i % 2 = 0 then i * 10 ]
            let squares = seq { for i in 1 .. 3 do
                                  yield i * i }
            let mutable sum = 0
            for i = 1 to 3 do sum <- sum + i
            while sum < 10 do
                sum <- sum + 1
            type Counter(start: int) =
                let mutable n = start
                member _.Next() = n <- n + 1; n
                new() = Counter(5)
            let inline add a b = a + b
            let classify = function 0 -> "zero" | n when n < 0 -> "less" | _ -> "more"
            let (|Even|Odd|) n = if n % 2 = 0 then Even else Odd
            let parity n = match n with Even -> "even" | Odd -> "odd"
            let later = async { for i in 1 .. 2 do do! Async.Sleep 1
                                return 7 }
            let awaited = Async.RunSynchronously later
            let next = Counter().Next()
            sprintf "%A %A %d %d %d %s %s %d" evens (List.ofSeq squares) sum next (add 1 2) (classify 3) (parity 3) awaited
            """);
        Assert.Equal("[20; 40] [1; 4; 9] 10 6 3 more odd 7", cell.Value!.Text);
    }

    [Fact]
    public async Task Names_and_members_complete_and_explain_themselves()
    {
        await session.Run("#!fsharp\nlet population = [1; 2]");
        const string Names = "1\n#!fsharp\npopul";
        var names = await session.Notebook.CompleteAsync(Names, Names.Length, CancellationToken.None);
        Assert.Contains(names.Items, item => item.Text == "population");
        Assert.Equal("popul", Names[names.Start..names.End]);
        const string Members = "#!fsharp\nSystem.Math.Sq";
        Assert.Contains((await session.Notebook.CompleteAsync(Members, Members.Length, CancellationToken.None)).Items, item =>
            item.Text == "Sqrt");
        const string Hover = "#!fsharp\nList.map id population";
        var tip = await session.Notebook.InspectAsync(Hover, Hover.IndexOf("ulation", StringComparison.Ordinal), false,
            CancellationToken.None);
        Assert.Contains("int list", tip!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_variables_are_listed()
    {
        await session.Run("#!fsharp\nlet listed = 1.5");
        Assert.Contains("listed", (await session.Run("#!whos")).Shown!.Text, StringComparison.Ordinal);
    }
}
