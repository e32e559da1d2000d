using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>Stopping cells and answering their questions.</summary>
public sealed class InterruptTests : IDisposable
{
    private static readonly JsonObject WithInput = new() { ["allow_stdin"] = true };

    private readonly RunningKernel _kernel = new();
    private readonly KernelClient _client;

    public InterruptTests()
    {
        _client = _kernel.Client();
        _client.Run("int kept = 7;");
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void An_endless_cell_stops_within_a_second_and_the_variables_stay()
    {
        string id = _client.Execute("while (true) { kept++; }");
        Began(id);
        DateTime asked = DateTime.UtcNow;
        Assert.Equal("interrupt_reply", _client.Ask(_client.Control, "interrupt_request").Type);
        Received reply = KernelClient.Receive(_client.Shell);
        Assert.Equal(("error", "KeyboardInterrupt"), (reply.Text("status"), reply.Text("ename")));
        Assert.InRange((DateTime.UtcNow - asked).TotalSeconds, 0, 1);
        Assert.Equal("KeyboardInterrupt", Assert.Single(_client.PublishedFor(id), m => m.Type == "error").Text("ename"));
        Assert.Equal("ok", _client.Run("kept").Reply.Text("status"));
    }

    [Fact]
    public void Control_answers_while_a_cell_runs()
    {
        string id = _client.Execute("System.Threading.Thread.Sleep(1500);");
        Began(id);
        DateTime asked = DateTime.UtcNow;
        _client.Ask(_client.Control, "kernel_info_request");
        Assert.InRange((DateTime.UtcNow - asked).TotalSeconds, 0, 0.5);
        _client.Send(_client.Shell, "kernel_info_request");
        Assert.Equal("execute_reply", KernelClient.Receive(_client.Shell).Type);
        Assert.Equal("kernel_info_reply", KernelClient.Receive(_client.Shell).Type);
    }

    [Fact]
    public void An_interrupt_while_nothing_runs_is_answered_and_stops_nothing()
    {
        Assert.Equal("ok", _client.Ask(_client.Control, "interrupt_request").Text("status"));
        Assert.Equal("ok", _client.Run("kept").Reply.Text("status"));
    }

    [Fact]
    public void Cells_behind_an_interrupted_one_are_aborted()
    {
        Began(_client.Execute("while (true) { }"));
        _client.Execute("kept");
        _client.Ask(_client.Control, "interrupt_request");
        Assert.Equal("error", KernelClient.Receive(_client.Shell).Text("status"));
        Assert.Equal("aborted", KernelClient.Receive(_client.Shell).Text("status"));
    }

    [Fact]
    public void A_cell_that_cannot_be_stopped_is_told_of_and_a_restart_is_offered()
    {
        string id = _client.Execute(
            "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern uint sleep(uint seconds); sleep(4);");
        Began(id);
        _client.Ask(_client.Control, "interrupt_request");
        KernelClient.Receive(_client.Shell);
        Received remark = Assert.Single(_client.PublishedFor(id), message => message.Type == "stream");
        Assert.Equal("stderr", remark.Text("name"));
        Assert.Contains("Restarting the kernel stops it", remark.Text("text"));
    }

    [Fact]
    public void Ending_the_kernel_waits_for_a_stuck_cell_once()
    {
        Began(_client.Execute(
            "[System.Runtime.InteropServices.DllImport(\"libc\")] static extern uint sleep(uint seconds); sleep(4);"));
        _kernel.Server.Dispose();
        DateTime again = DateTime.UtcNow;
        _kernel.Server.Dispose();
        Assert.InRange((DateTime.UtcNow - again).TotalSeconds, 0, 0.5);
        Assert.True(SpinWait.SpinUntil(() => !_kernel.Server.IsBusy, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public void A_cell_that_ends_in_time_is_not_told_of()
    {
        string id = _client.Execute("while (true) { }");
        Began(id);
        _client.Ask(_client.Control, "interrupt_request");
        KernelClient.Receive(_client.Shell);
        string next = _client.Execute("System.Threading.Thread.Sleep(2500);");
        KernelClient.Receive(_client.Shell);
        Assert.DoesNotContain(_client.PublishedFor(next).Concat(_client.PublishedFor(id)), message => message.Type == "stream");
    }

    [Fact]
    public void A_question_reaches_the_client_whose_cell_asks_and_its_answer_the_cell()
    {
        using KernelClient other = new(_kernel.Connection);
        string id = _client.Execute(
            "Console.Write(\"before\"); var answer = Console.ReadLine(); Console.Write(answer.ToUpperInvariant());", WithInput);
        Received question = KernelClient.Receive(_client.Stdin);
        Assert.Equal(("input_request", id), (question.Type, question.ParentId));
        Assert.False(question.Content["password"]!.GetValue<bool>());
        Assert.Equal("before", _client.Publishes(message => message.ParentId == id && message.Type == "stream").Text("text"));
        other.Send(other.Stdin, "input_reply", new JsonObject { ["value"] = "from another client" });
        Assert.Null(KernelClient.Receive(_client.Shell, TimeSpan.FromMilliseconds(200)));
        _client.Send(_client.Stdin, "input_reply", new JsonObject { ["value"] = "grün" });
        Assert.Equal("ok", KernelClient.Receive(_client.Shell).Text("status"));
        IEnumerable<Received> streams = _client.PublishedFor(id).Where(message => message.Type == "stream");
        Assert.Contains("GRÜN", string.Concat(streams.Select(message => message.Text("text"))));
    }

    [Fact]
    public void An_interrupt_ends_the_wait_for_an_answer()
    {
        _client.Execute("Console.ReadLine()", WithInput);
        KernelClient.Receive(_client.Stdin);
        _client.Ask(_client.Control, "interrupt_request");
        Assert.Equal("KeyboardInterrupt", KernelClient.Receive(_client.Shell).Text("ename"));
        _client.Send(_client.Stdin, "input_reply", new JsonObject { ["value"] = "too late" });
        _client.Execute("Console.ReadLine()", WithInput);
        KernelClient.Receive(_client.Stdin);
        Assert.Null(KernelClient.Receive(_client.Shell, TimeSpan.FromMilliseconds(200)));
        _client.Send(_client.Stdin, "input_reply", new JsonObject { ["value"] = "in time" });
        Assert.Equal("ok", KernelClient.Receive(_client.Shell).Text("status"));
    }

    [Fact]
    public void Where_the_front_end_answers_no_questions_the_cell_is_told()
    {
        Received reply = _client.Run("Console.ReadLine()").Reply;
        Assert.Equal("error", reply.Text("status"));
        Assert.Contains("allow_stdin", reply.Text("evalue"));
    }

    private void Began(string id)
    {
        _client.Publishes(message => message.ParentId == id && message.Type == "execute_input");
        Thread.Sleep(300);
    }
}
