using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages;

namespace SegLstm.Jupyter.Tests.Sessions;

public sealed class NotebookSessionTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task The_last_expression_is_the_result_and_state_lives_on()
    {
        await session.Run("var x = 20;");
        var cell = await session.Run("x + 22");
        Assert.Equal("42", cell.Value!.Text);
        Assert.Contains("42", cell.Value.Data["text/html"].GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_of_earlier_parts_are_displayed()
    {
        var cell = await session.Run("1 + 1\n#!csharp\n2 + 2\n");
        Assert.Equal(["display: 2", "result: 4"], cell.Story);
    }

    [Fact]
    public async Task Null_is_shown_and_nothing_is_not()
    {
        Assert.Equal("<null>", (await session.Run("(string)null")).Value!.Text);
        Assert.Empty((await session.Run("Console.Write(\"\")")).Events);
        Assert.Empty((await session.Run("Math.Abs(1);")).Events);
    }

    [Fact]
    public async Task A_displayed_value_at_the_end_is_not_shown_twice()
    {
        Assert.Equal(["display: hello"], (await session.Run("display(\"hello\")")).Story);
    }

    [Fact]
    public async Task A_failing_cell_answers_with_its_error_and_the_session_goes_on()
    {
        await session.Run("var kept = 1;");
        var error = await session.Fail("kept = 2;\nthrow new InvalidOperationException(\"broken\");");
        Assert.Contains("broken", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, error.Line);
        Assert.Equal("2", (await session.Run("kept")).Value!.Text);
    }

    [Fact]
    public async Task A_compiler_error_names_the_line_of_the_cell()
    {
        var error = await session.Fail("#!csharp\n\nint y = \"text\";");
        Assert.Equal(3, error.Line);
    }

    [Fact]
    public async Task A_cell_that_fails_in_its_second_part_keeps_what_the_first_did()
    {
        await session.Fail("var first = 7;\n#!csharp\nthrow new Exception();");
        Assert.Equal("7", (await session.Run("first")).Value!.Text);
    }

    [Fact]
    public async Task Cells_wait_for_their_turn()
    {
        var slow = session.Run("await Task.Delay(300); Console.WriteLine(\"slow\"); var order = 1;");
        var quick = session.Run("order + 1");
        Assert.Equal("2", (await quick).Value!.Text);
        Assert.Equal("slow\n", (await slow).Stdout);
    }

    [Fact]
    public async Task An_interrupted_cell_says_so_in_one_line_and_the_next_one_runs()
    {
        using var interrupt = new CancellationTokenSource();
        var record = new CellRecord();
        var cell = session.Notebook.RunAsync(new CellRequest(
            "using Microsoft.DotNet.Interactive; var before = 5; "
            + "await Task.Delay(60_000, KernelInvocationContext.Current.CancellationToken);", 1),
            record, interrupt.Token);
        await Task.Delay(500);
        await interrupt.CancelAsync();
        var error = (await cell).Error!;
        Assert.Equal(CellError.Interrupted, error.Name);
        Assert.Single(error.Traceback);
        Assert.Equal("5", (await session.Run("before")).Value!.Text);
    }

    [Fact]
    public async Task Variables_can_be_looked_at_after_an_interrupt()
    {
        await session.Run("var seen = new[] { 11, 12 };");
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var cell = session.Notebook.RunAsync(new CellRequest("while (true) { }", 2), new CellRecord(), interrupt.Token);
        Assert.Equal(CellError.Interrupted, (await cell.WaitAsync(TimeSpan.FromSeconds(20))).Error!.Name);
        var page = await session.Notebook.InspectAsync("seen", 2, detailed: false, CancellationToken.None);
        Assert.Contains("11", page!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_fails_is_an_error_of_the_cell()
    {
        var cell = session.Notebook.RunAsync(new CellRequest("Console.Write(1);", 1), new Unwritable(), CancellationToken.None);
        Assert.Contains("no paper", (await cell).Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_callback_at_the_end_that_fails_is_an_error_of_the_cell()
    {
        var (result, record) = await session.Attempt("""
            using Microsoft.DotNet.Interactive;
            KernelInvocationContext.Current.OnComplete(_ => throw new InvalidOperationException("too late"));
            KernelInvocationContext.Current.OnComplete(_ => Console.Write("the other"));
            """);
        Assert.Contains("too late", result.Error!.Message, StringComparison.Ordinal);
        Assert.Equal("the other", record.Stdout);
        Assert.Equal("2", (await session.Run("1 + 1")).Value!.Text);
    }

    [Fact]
    public async Task A_callback_at_the_end_may_ask_for_another()
    {
        var cell = await session.Run("""
            using Microsoft.DotNet.Interactive;
            KernelInvocationContext.Current.OnComplete(cell => { Console.Write(1); cell.OnComplete(_ => Console.Write(3)); });
            KernelInvocationContext.Current.OnComplete(_ => Console.Write(2));
            """);
        Assert.Equal("123", cell.Stdout);
    }

    [Fact]
    public async Task User_expressions_are_answered_each_for_itself()
    {
        var request = new CellRequest("var n = 3;", 1)
        {
            UserExpressions = new Dictionary<string, string> { ["good"] = "n * 2", ["bad"] = "nowhere" },
        };
        var result = await session.Notebook.RunAsync(request, new CellRecord(), CancellationToken.None);
        Assert.Null(result.Error);
        Assert.Equal("6", result.UserExpressions["good"].Value!.Text);
        Assert.Contains("nowhere", result.UserExpressions["bad"].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_without_code_does_nothing()
    {
        Assert.Empty((await session.Run("")).Events);
        Assert.Empty((await session.Run("  \n// only a comment\n")).Events);
    }

    [Fact]
    public void A_wrong_magic_is_no_whole_cell_and_a_command_alone_is()
    {
        Assert.Equal(CompletenessKind.Invalid, session.Notebook.IsComplete("#!nothing").Kind);
        Assert.Equal(CompletenessKind.Complete, session.Notebook.IsComplete("#!who").Kind);
        Assert.Equal(CompletenessKind.Incomplete, session.Notebook.IsComplete("#!markdown\n").Kind);
    }

    private sealed class Unwritable : ICellOutput
    {
        public void Write(OutputStream stream, string text) => throw new IOException("no paper");

        public void Display(MimeBundle bundle, string? displayId = null) => throw new IOException("no paper");

        public void Update(MimeBundle bundle, string displayId) => throw new IOException("no paper");

        public void Result(MimeBundle bundle) => throw new IOException("no paper");

        public void Clear(bool wait) => throw new IOException("no paper");

        public string ReadInput(string prompt, bool password, CancellationToken interrupt) => throw new IOException("no paper");
    }
}
