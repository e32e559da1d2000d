using System.Text.Json.Nodes;
using SegLstm.Jupyter.Messaging.ZeroMq;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>What every request has in common, over real sockets.</summary>
public sealed class ProtocolTests : IDisposable
{
    private readonly RunningKernel _kernel = new();
    private readonly KernelClient _client;

    public ProtocolTests() => _client = _kernel.Client();

    public void Dispose() => _kernel.Dispose();

    [Theory]
    [InlineData("kernel_info_request", "{}")]
    [InlineData("execute_request", """{"code":"1"}""")]
    [InlineData("execute_request", """{"code":""}""")]
    [InlineData("execute_request", """{"code":"1","silent":true}""")]
    [InlineData("execute_request", """{"code":"throw new Exception();"}""")]
    [InlineData("execute_request", "{}")]
    [InlineData("execute_request", """{"code":5}""")]
    [InlineData("execute_request", """{"code":"\ud800"}""")]
    [InlineData("complete_request", """{"code":"Cons","cursor_pos":4}""")]
    [InlineData("complete_request", """{"code":"Cons","cursor_pos":-7}""")]
    [InlineData("complete_request", """{"code":"Cons","cursor_pos":7000000000}""")]
    [InlineData("complete_request", """{"code":["Cons"]}""")]
    [InlineData("inspect_request", """{"code":"Console","cursor_pos":7,"detail_level":1}""")]
    [InlineData("inspect_request", """{"code":"","cursor_pos":0}""")]
    [InlineData("is_complete_request", """{"code":"1 +"}""")]
    [InlineData("is_complete_request", "{}")]
    [InlineData("history_request", """{"hist_access_type":"tail","n":3,"output":true,"raw":true}""")]
    [InlineData("history_request", """{"hist_access_type":"nonsense"}""")]
    [InlineData("comm_info_request", "{}")]
    [InlineData("debug_request", """{"command":"attach"}""")]
    [InlineData("create_subshell_request", "{}")]
    [InlineData("no_such_request", "{}")]
    public void Every_request_is_answered_once_between_busy_and_idle(string type, string content)
    {
        string id = _client.Send(_client.Shell, type, content);
        Received reply = KernelClient.Receive(_client.Shell);
        Assert.Equal((type.Replace("_request", "_reply"), id), (reply.Type, reply.ParentId));
        IReadOnlyList<Received> published = _client.PublishedFor(id);
        Assert.Equal(("status", "busy"), (published[0].Type, published[0].Text("execution_state")));
        Assert.Equal(("status", "idle"), (published[^1].Type, published[^1].Text("execution_state")));
        Assert.Single(published, message => message.Type == "status" && message.Text("execution_state") == "busy");
        Assert.Null(KernelClient.Receive(_client.Shell, TimeSpan.FromMilliseconds(20)));
        Assert.Equal("ok", _client.Run("1").Reply.Text("status"));
    }

    [Theory]
    [InlineData("comm_open", """{"comm_id":"a","target_name":"nobody","data":{}}""")]
    [InlineData("comm_msg", """{"comm_id":"a","data":{}}""")]
    [InlineData("comm_close", """{"comm_id":"a","data":{}}""")]
    [InlineData("comm_msg", """{"data":7}""")]
    [InlineData("nonsense", "{}")]
    [InlineData("input_reply", """{"value":"x"}""")]
    public void Messages_that_are_no_requests_get_busy_and_idle_and_no_answer(string type, string content)
    {
        string id = _client.Send(_client.Shell, type, content);
        IReadOnlyList<Received> published = _client.PublishedFor(id);
        Assert.Equal("busy", published[0].Text("execution_state"));
        Assert.Null(KernelClient.Receive(_client.Shell, TimeSpan.FromMilliseconds(20)));
    }

    [Theory]
    [InlineData("kernel_info_request", "ok")]
    [InlineData("interrupt_request", "ok")]
    [InlineData("debug_request", "error")]
    [InlineData("execute_request", "error")]
    [InlineData("no_such_request", "error")]
    public void Control_answers_between_busy_and_idle_too(string type, string status)
    {
        string id = _client.Send(_client.Control, type);
        Received reply = KernelClient.Receive(_client.Control);
        Assert.Equal((id, status), (reply.ParentId, reply.Text("status")));
        Assert.Equal(["busy", "idle"], _client.PublishedFor(id).Select(message => message.Text("execution_state")));
    }

    [Fact]
    public void What_is_not_supported_is_named_with_what_is()
    {
        Received reply = _client.Ask(_client.Control, "debug_request");
        Assert.Contains("debug_request", reply.Text("evalue"));
        Assert.Contains("interrupt_request", reply.Text("evalue"));
    }

    [Fact]
    public void A_wrong_field_is_named_with_what_was_expected()
    {
        Received reply = _client.Ask(_client.Shell, "execute_request", new JsonObject { ["code"] = 5 });
        Assert.Equal("execute_request: expected a string in 'code', got number", reply.Text("evalue"));
    }

    [Fact]
    public void Kernel_info_says_everything_and_has_no_null()
    {
        Received info = _client.Ask(_client.Shell, "kernel_info_request");
        AssertNoNull(info.Content);
        Assert.Equal("5.5", info.Text("protocol_version"));
        JsonObject language = info.Content["language_info"]!.AsObject();
        Assert.Equal(
            ("C#", ".cs", "text/x-csharp", "csharp"),
            (Text("name"), Text("file_extension"), Text("mimetype"), Text("pygments_lexer")));
        Assert.True(JsonNode.DeepEquals(info.Content, _client.Ask(_client.Control, "kernel_info_request").Content));

        string Text(string name) => language[name]!.GetValue<string>();

        static void AssertNoNull(JsonNode? node)
        {
            Assert.NotNull(node);
            if (node is JsonObject fields) Assert.All(fields, field => AssertNoNull(field.Value));
            if (node is JsonArray items) Assert.All(items, AssertNoNull);
        }
    }

    [Fact]
    public void A_subscription_is_welcomed_on_its_own_topic_before_anything_else()
    {
        using var late = new KernelClient(_kernel.Connection, topic: "stream");
        Received welcome = KernelClient.Receive(late.IoPub);
        Assert.Equal(
            ("iopub_welcome", "stream", "stream"), (welcome.Type, welcome.Topic, welcome.Text("subscription")));
        _client.Run("Console.WriteLine(1);");
        Assert.Equal("stream", KernelClient.Receive(late.IoPub).Type);
    }

    [Fact]
    public void A_client_that_unsubscribes_hears_nothing_more()
    {
        _client.IoPub.Set(SocketOption.Unsubscribe, ReadOnlySpan<byte>.Empty);
        _client.IoPub.Set(SocketOption.Subscribe, "clear_output"u8);
        Assert.Equal("clear_output", KernelClient.Receive(_client.IoPub).Topic);
        _client.Ask(_client.Shell, "kernel_info_request");
        Assert.Null(KernelClient.Receive(_client.IoPub, TimeSpan.FromMilliseconds(50)));
    }

    [Fact]
    public void The_heartbeat_sends_back_what_it_gets()
    {
        _client.Heartbeat.Send([[1, 2], [], [3]]);
        IReadOnlyList<byte[]>? echo = null;
        for (int i = 0; i < 1000 && echo is null; i++)
        {
            if (_client.Heartbeat.TryReceive(out IReadOnlyList<byte[]> frames)) echo = frames;
            Thread.Sleep(1);
        }

        Assert.Equal([[1, 2], [], [3]], echo!);
    }

    [Fact]
    public void Starting_is_published_once_to_the_first_who_listens()
    {
        _client.Run("1");
        KernelClient second = _kernel.Client();
        second.Run("1");
        Assert.Equal("starting", _client.Published[0].Text("execution_state"));
        Assert.Single(_client.Published, IsStarting);
        Assert.DoesNotContain(second.Published, IsStarting);

        static bool IsStarting(Received message) => message.Type == "status" && message.Text("execution_state") == "starting";
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Shutdown_is_answered_on_shell_and_on_control_and_ends_the_kernel(bool restart)
    {
        Received reply = _client.Ask(
            restart ? _client.Control : _client.Shell, "shutdown_request", new JsonObject { ["restart"] = restart });
        Assert.Equal(("ok", restart), (reply.Text("status"), reply.Content["restart"]!.GetValue<bool>()));
        await _kernel.Server.Stopped.WaitAsync(TimeSpan.FromSeconds(5));
        Received published = _client.Publishes(message => message.Type == "shutdown_reply");
        Assert.Equal(restart, published.Content["restart"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Shutdown_does_not_wait_for_a_cell_that_never_ends()
    {
        string id = _client.Execute("while (true) { }");
        _client.Publishes(message => message.ParentId == id && message.Type == "execute_input");
        Assert.Equal("ok", _client.Ask(_client.Shell, "shutdown_request").Text("status"));
        await _kernel.Server.Stopped.WaitAsync(TimeSpan.FromSeconds(5));
    }
}
