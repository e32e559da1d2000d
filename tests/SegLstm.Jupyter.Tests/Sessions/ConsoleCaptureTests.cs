namespace SegLstm.Jupyter.Tests.Sessions;

public sealed class ConsoleCaptureTests : IDisposable
{
    private readonly Session session = new();

    public void Dispose() => session.Dispose();

    [Fact]
    public async Task Streams_and_values_keep_their_order()
    {
        var cell = await session.Run("""
            Console.Write("a"); Console.WriteLine("b"); Console.Error.Write("c"); display("d"); Console.Write("e"); 5
            """);
        Assert.Equal(["stdout: ab\n", "stderr: c", "display: d", "stdout: e", "result: 5"], cell.Story);
    }

    [Fact]
    public async Task Text_arrives_while_the_cell_runs()
    {
        var record = new CellRecord();
        var cell = session.Notebook.RunAsync(
            new("Console.Write(\"early\"); await Task.Delay(1500); Console.Write(\"late\");", 1), record, CancellationToken.None);
        for (var i = 0; i < 140 && record.Stdout == ""; i++)
        {
            await Task.Delay(10);
        }

        Assert.Equal("early", record.Stdout);
        Assert.False(cell.IsCompleted);
        await cell;
        Assert.Equal("earlylate", record.Stdout);
    }

    [Fact]
    public async Task A_thread_that_a_cell_left_behind_prints_to_that_cell()
    {
        var first = await session.Run("""
            using System.Threading;
            new Thread(() => { Thread.Sleep(400); Console.Write("behind"); }).Start();
            """);
        var second = await session.Run("await Task.Delay(800);");
        Assert.Equal("behind", first.Stdout);
        Assert.Equal("", second.Stdout);
    }

    [Fact]
    public async Task Lines_and_keys_come_from_the_front_end()
    {
        var cell = await session.Run("""
            var line = Console.ReadLine(); var first = (char)Console.Read(); var rest = Console.ReadLine();
            var name = input("name? "); var secret = password("secret? ");
            $"{line}|{first}|{rest}|{name}|{secret}|{secret.GetClearTextPassword()}"
            """, "one", "two", "Ada", "pw");
        Assert.Equal("one|t|wo|Ada|************|pw", cell.Value!.Text);
        Assert.Equal([("", false), ("", false), ("name? ", false), ("secret? ", true)], cell.Prompts);
    }

    [Fact]
    public async Task Input_where_nobody_answers_is_an_error_of_the_cell()
    {
        Assert.Contains("nobody answers", (await session.Fail("Console.ReadLine()")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_console_that_a_cell_leads_elsewhere_stays_there_until_a_new_session()
    {
        await session.Run("var text = new System.IO.StringWriter(); var old = Console.Out; Console.SetOut(text);");
        Assert.Equal("", (await session.Run("Console.Write(\"hidden\");")).Stdout);
        Assert.Equal("hidden", (await session.Run("Console.SetOut(old); text.ToString()")).Value!.Text);
        Assert.Equal("seen", (await session.Run("Console.Write(\"seen\");")).Stdout);
        await session.Run("Console.SetOut(text);");
        using var next = new Session();
        Assert.Equal("next", (await next.Run("Console.Write(\"next\");")).Stdout);
    }

    [Fact]
    public async Task Errors_and_input_that_a_cell_leads_elsewhere_come_back_with_a_new_session()
    {
        await session.Run("""
            Console.SetError(new System.IO.StringWriter()); Console.SetIn(new System.IO.StringReader("not typed"));
            """);
        using var next = new Session();
        Assert.Equal("typed", (await next.Run("Console.Error.Write(Console.ReadLine());", "typed")).Stderr);
    }

    [Fact]
    public async Task What_a_cell_left_of_a_line_is_not_read_by_the_next()
    {
        await session.Run("var key = Console.Read();", "one");
        Assert.Equal("two", (await session.Run("Console.ReadLine()", "two")).Value!.Text);
    }
}
