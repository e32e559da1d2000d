using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages;

namespace SegLstm.Jupyter.Tests.Languages.CSharp;

public sealed class InterruptTests : IDisposable
{
    private readonly Notebook notebook = new();

    public static TheoryData<string> Endless =>
    [
        "while (true) { }",
        "for (;;) ;",
        "do ; while (true);",
        "again: ; goto again;",
        "again:\nif (true) goto again;",
        "foreach (var x in Forever()) { }\nIEnumerable<int> Forever() { while (true) yield return 1; }",
        "int Slow(int n) => n < 2 ? n : Slow(n - 1) + Slow(n - 2);\nSlow(70)",
        "int Slow(int n) { if (n < 2) return n; return Slow(n - 1) + Slow(n - 2); }\nSlow(70)",
        "Func<int, int> slow = null; slow = n => n < 2 ? n : slow(n - 1) + slow(n - 2);\nslow(70)",
        "Enumerable.InfiniteSequence(0, 1).Count()",
        "Enumerable.InfiniteSequence(0, 1).First(x => x < 0)",
        "(from x in Enumerable.InfiniteSequence(0, 1) where x < 0 select x).First()",
        "Enumerable.Range(0, int.MaxValue).Select(x => (long)x).SelectMany(x => Enumerable.Range(0, 9)).LongCount()",
        "await Task.Delay(-1);",
        "await Task.Delay(-1).ConfigureAwait(false);",
        "await Task.Run(async () => { await Task.Delay(-1); });",
        "await new TaskCompletionSource().Task;",
        "await new ValueTask(new TaskCompletionSource<int>().Task);",
        "Task.Delay(-1).Wait();",
        "Task.WaitAll(Task.Delay(-1), Task.Delay(5));",
        "new TaskCompletionSource<int>().Task.Result",
        "new TaskCompletionSource<int>().Task.GetAwaiter().GetResult()",
        "async Task<int> Never() { await Task.Delay(-1); return 1; }\nNever().Result",
        "Thread.Sleep(-1);",
        "System.Threading.Thread.Sleep(TimeSpan.FromHours(1));",
        "new System.Threading.ManualResetEvent(false).WaitOne();",
        "new System.Threading.SemaphoreSlim(0).Wait();",
        "await new System.Threading.SemaphoreSlim(0).WaitAsync();",
        "var t = new System.Threading.Thread(() => { while (true) { } }); t.Start(); t.Join();",
        "Task.Run(() => { while (true) { } }).Wait();",
        "Parallel.For(0, 4, i => { while (true) { } });",
        "System.Diagnostics.Process.Start(\"sleep\", \"30\").WaitForExit();",
        "for (int i = 0; i < 100_000; i++) System.Threading.Thread.SpinWait(500_000);",
        "class Loop { public int Forever { get { while (true) { } } } }\nnew Loop().Forever",
        "while (true) { try { throw new Exception(); } catch (Exception) { } }",
        "void Nap(System.Threading.CancellationToken token = default)\n" +
            "{ token.WaitHandle.WaitOne(); token.ThrowIfCancellationRequested(); }\nNap();",
    ];

    [Theory]
    [MemberData(nameof(Endless))]
    public async Task An_endless_cell_stops_within_a_second_and_variables_survive(string code)
    {
        code = code.Replace("Thread.Sleep(-1)", "System.Threading.Thread.Sleep(-1)");
        await notebook.Run("var kept = 41;");
        var took = await notebook.Stops("var before = 1;\n" + code);
        Assert.True(took < TimeSpan.FromSeconds(1), $"took {took.TotalSeconds:f2} s: {code}");
        Assert.Equal(42, await notebook.Run("kept + before"));
        Assert.DoesNotContain("cannot be stopped", notebook.Output.Stderr);
    }

    [Fact]
    public async Task A_function_of_an_earlier_cell_obeys_the_cell_that_calls_it()
    {
        using var first = new CancellationTokenSource();
        await notebook.Run(
            "void Spin() { while (true) { } }\n" +
            "void Wait(System.Threading.CancellationToken t = default) { while (true) t.ThrowIfCancellationRequested(); }",
            first.Token);
        first.Cancel();
        await notebook.Run("var ok = 1;");
        Assert.True(await notebook.Stops("Spin();") < TimeSpan.FromSeconds(1));
        Assert.True(await notebook.Stops("Wait();") < TimeSpan.FromSeconds(1));
    }

    [Fact]
    public async Task Other_sessions_go_on_while_one_is_interrupted()
    {
        using var other = new Notebook();
        var counting = other.Run(
            "long n = 0; var clock = System.Diagnostics.Stopwatch.StartNew();\n" +
            "while (clock.ElapsedMilliseconds < 1500) n++;\nn > 0");
        await notebook.Stops("while (true) { }");
        Assert.Equal(true, await counting);
    }

    public static TheoryData<string> Recursions =>
    [
        "int F(int n) => F(n + 1) + 1;\nF(0)",
        "int F(int n) { return F(n + 1) + 1; }\nF(0)",
        "int P => P + 1;\nP",
        "class A { public int X { get => X + 1; } }\nnew A().X",
        "class B { B inner = new B(); }\nnew B()",
        "class C { public C() { new C(); } }\nnew C()",
        "Func<int, int> f = null; f = n => f(n) + 1;\nf(0)",
        "class D { public static D operator +(D a, D b) => (a + b) ?? a; }\nnew D() + new D()",
        "class E { public override string ToString() => $\"{this}\"; }\nnew E().ToString()",
        "class G { public int this[int i] => this[i + 1] + 1; }\nnew G()[0]",
        "async Task<int> F(int n) => await F(n + 1) + 1;\nawait F(0)",
        "IEnumerable<int> F(int n) { foreach (var x in F(n + 1)) yield return x; }\nF(0).Count()",
        "int F(int n) => F(n + 1) + 1;\nawait Task.Run(() => F(0))",
        "record R { public R Next { get; set; } }\nvar r = new R(); r.Next = r; r.ToString()",
    ];

    [Theory]
    [MemberData(nameof(Recursions))]
    public async Task An_endless_recursion_is_an_error_and_not_the_end_of_the_process(string code)
    {
        await notebook.Run("var kept = 1;");
        var error = await notebook.Fails(code);
        Assert.Equal("InsufficientExecutionStackException", error.Name);
        Assert.True(error.Traceback.Count < 60, $"{error.Traceback.Count} lines");
        Assert.Equal(1, await notebook.Run("kept"));
    }

    [Fact]
    public async Task A_cancellation_of_the_users_own_is_an_ordinary_error()
    {
        var error = await notebook.Fails("throw new OperationCanceledException(\"mine\");");
        Assert.Equal("mine", error.Message);
    }

    [Fact]
    public async Task Clearing_the_console_clears_the_output_of_the_cell()
    {
        await notebook.Run("Console.Clear();");
        Assert.Equal(1, notebook.Output.Cleared);
    }

    [Fact]
    public async Task Cells_run_on_one_thread_also_after_an_await()
    {
        await notebook.Run("var id = Environment.CurrentManagedThreadId;");
        const string again = "await Task.Delay(5); await Task.Run(() => 1); id == Environment.CurrentManagedThreadId";
        Assert.Equal(true, await notebook.Run(again));
    }

    [Fact]
    public async Task Cells_come_back_to_their_thread_after_every_await_at_the_top_level()
    {
        await notebook.Run(
            "var id = Environment.CurrentManagedThreadId; var ids = new HashSet<int>(); void Note() => ids.Add(Environment.CurrentManagedThreadId);\n" +
            "async IAsyncEnumerable<int> Count() { await Task.Delay(1); yield return 1; await Task.Yield(); yield return 2; }");
        await notebook.Run(
            "await Task.Yield(); Note(); await foreach (var n in Count()) Note(); Note();\n" +
            "await foreach (var n in Count()) { Note(); if (n == 1) continue; Note(); }\nNote();\n" +
            "try { } finally { await Task.Delay(5); Note(); }\nfor (int i = 0; i < 2; i++) { if (i == 1) await Task.Yield(); Note(); }");
        Assert.Equal(true, await notebook.Run("ids.Single() == id"));
    }

    [Theory]
    [InlineData("try { while (true) { } } finally { foreach (var name in names) done.Add(name); }")]
    [InlineData("try { while (true) { } } finally { names.ForEach(name => done.Add(name)); }")]
    [InlineData("try { while (true) { } } finally { await Task.Delay(50); foreach (var name in names) done.Add(name); }")]
    [InlineData("try { while (true) { } } finally { await Task.Delay(1000); done.AddRange(names); }")]
    [InlineData("try { while (true) { } } finally { System.Threading.Thread.Sleep(50); done.AddRange(names); }")]
    [InlineData("using var all = new All(); while (true) { }")]
    [InlineData("await using var all = new All(); while (true) { }")]
    public async Task Cleaning_up_reaches_its_end_with_loops_and_waits(string code)
    {
        await notebook.Run(
            "var names = new List<string> { \"a\", \"b\" }; var done = new List<string>();\n" +
            "class All : IDisposable, IAsyncDisposable { public static List<string> Names, Done;\n" +
            "public void Dispose() { foreach (var name in Names) { Done.Add(name); } }\n" +
            "public async ValueTask DisposeAsync() { await Task.Delay(10); foreach (var name in Names) { Done.Add(name); } } }\n" +
            "All.Names = names; All.Done = done;");
        await notebook.Stops("async Task Work() { " + code + " }\nawait Work();");
        await Task.Delay(1500);
        Assert.Equal(2, await notebook.Run("done.Count"));
        if (!code.StartsWith("await using", StringComparison.Ordinal))
        {
            await notebook.Run("done.Clear();");
            await notebook.Stops(code.Replace("using var all = new All();", "using (var all = new All())"));
            await Task.Delay(1500);
            Assert.Equal(2, await notebook.Run("done.Count"));
        }
    }

    [Fact]
    public async Task A_static_constructor_reaches_its_end_when_its_cell_is_interrupted()
    {
        await notebook.Stops(
            "class Slow { public static int Steps = System.Threading.Volatile.Read(ref Begin), Begin;\n" +
            "static Slow() { for (int i = 0; i < 10; i++) { System.Threading.Thread.Sleep(30); Steps++; } } }\n" +
            "while (true) { if (Slow.Steps < 0) break; }");
        Assert.Equal(10, await notebook.Run("Slow.Steps"));
    }

    [Fact]
    public async Task Cleaning_up_runs_to_its_end_when_a_cell_is_interrupted()
    {
        await notebook.Stops(
            "var steps = 0; class Guard : IDisposable { public Action Left; public void Dispose() { Left(); Left(); } }\n" +
            "void Work() { try { while (true) { } } finally { steps++; Console.Write(\"\"); steps++; } }\nWork();");
        Assert.Equal(2, await notebook.Run("steps"));
    }

    public void Dispose() => notebook.Dispose();
}
