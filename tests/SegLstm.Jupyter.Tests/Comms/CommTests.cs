using System.Text.Json.Nodes;
using Microsoft.DotNet.Interactive.Formatting;
using SegLstm.Jupyter.Comms;
using SegLstm.Jupyter.Tests.Server;

namespace SegLstm.Jupyter.Tests.Comms;

public sealed class CommTests : IDisposable
{
    private readonly RunningKernel _kernel = new();
    private readonly KernelClient _client;

    public CommTests() => _client = _kernel.Client();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_comm_to_a_target_that_nobody_answers_for_is_closed()
    {
        string id = Open("nobody");
        Received close = Assert.Single(_client.PublishedFor(id), message => message.Type == "comm_close");
        Assert.Equal("c1", close.Text("comm_id"));
        Assert.Empty(Info().AsObject());
    }

    [Fact]
    public void A_registered_target_talks_with_data_and_buffers_until_it_is_closed()
    {
        CommMessage? last = null;
        _kernel.Comms.RegisterTarget("echo", (comm, first) =>
        {
            comm.Send(first);
            comm.Received += message => comm.Send(message with { Data = new JsonObject { ["echo"] = message.Data.DeepClone() } });
            comm.Closed += message => last = message;
        });
        string opened = Open("echo");
        Assert.Equal("""{"a":1}""", Said(opened).Content["data"]!.ToJsonString());
        Assert.Equal("""{"c1":{"target_name":"echo"}}""", Info().ToJsonString());
        Assert.Equal("{}", Info("other").ToJsonString());

        string sent = _client.Send(_client.Shell, "comm_msg", Content(new JsonObject { ["b"] = 2 }), [1, 2, 3], []);
        Received answer = Said(sent);
        Assert.Equal("""{"echo":{"b":2}}""", answer.Content["data"]!.ToJsonString());
        Assert.Equal([[1, 2, 3], []], answer.Buffers);

        _client.PublishedFor(_client.Send(_client.Shell, "comm_close", Content(new JsonObject { ["c"] = 3 })));
        Assert.Equal("""{"c":3}""", last!.Data.ToJsonString());
        Assert.Equal("{}", Info().ToJsonString());
    }

    [Fact]
    public void A_handler_that_fails_shows_why_and_leaves_the_kernel_answering()
    {
        _kernel.Comms.RegisterTarget("bad", (_, _) => throw new InvalidOperationException("the handler's fault"));
        string id = Open("bad");
        IReadOnlyList<Received> published = _client.PublishedFor(id);
        Assert.Contains("the handler's fault", Assert.Single(published, message => message.Type == "stream").Text("text"));
        Assert.Single(published, message => message.Type == "comm_close");
        Assert.Equal("ok", _client.Run("1").Reply.Text("status"));
    }

    [Fact]
    public void A_handler_shows_values_also_after_an_interrupted_cell()
    {
        _kernel.Comms.RegisterTarget("show", (_, _) => "a value of the handler".Display());
        string cell = _client.Execute("while (true) { }");
        _client.Publishes(message => message.ParentId == cell && message.Type == "execute_input");
        Thread.Sleep(300);
        _client.Ask(_client.Control, "interrupt_request");
        Assert.Equal("KeyboardInterrupt", KernelClient.Receive(_client.Shell).Text("ename"));
        Assert.DoesNotContain(_client.PublishedFor(Open("show")), message => message.Type == "stream");
        Assert.Contains(_client.Published, message => message.Type == "display_data");
    }

    [Fact]
    public void The_kernel_opens_a_comm_and_closes_it_once()
    {
        Comm comm = _kernel.Comms.Open("plot", new CommMessage(new JsonObject { ["x"] = 1 }) { Buffers = [[9]] });
        Received open = _client.Publishes(message => message.Type == "comm_open");
        Assert.Equal((comm.Id, "plot"), (open.Text("comm_id"), open.Text("target_name")));
        Assert.Equal([[9]], open.Buffers);
        comm.Close();
        comm.Close();
        _client.Publishes(message => message.Type == "comm_close");
        Assert.True(comm.IsClosed);
        Assert.Contains("is closed", Assert.Throws<InvalidOperationException>(() => comm.Send(new CommMessage([]))).Message);
    }

    [Fact]
    public void Without_a_front_end_opening_a_comm_says_so() => Assert.Contains(
        "no front end is connected", Assert.Throws<InvalidOperationException>(() => new CommRegistry().Open("plot")).Message);

    private string Open(string target)
    {
        JsonObject content = Content(new JsonObject { ["a"] = 1 });
        content["target_name"] = target;
        return _client.Send(_client.Shell, "comm_open", content);
    }

    private static JsonObject Content(JsonObject data) => new() { ["comm_id"] = "c1", ["data"] = data };

    private Received Said(string id) => Assert.Single(_client.PublishedFor(id), message => message.Type == "comm_msg");

    private JsonNode Info(string? target = null) => _client.Ask(
        _client.Shell, "comm_info_request", target is null ? [] : new JsonObject { ["target_name"] = target }).Content["comms"]!;
}
