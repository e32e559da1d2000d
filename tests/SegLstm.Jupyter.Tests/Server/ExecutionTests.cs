using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>Cells as a front end runs them.</summary>
public sealed class ExecutionTests : IDisposable
{
    private readonly RunningKernel _kernel = new();
    private readonly KernelClient _client;

    public ExecutionTests() => _client = _kernel.Client();

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_cell_publishes_its_text_its_output_and_its_value_in_order()
    {
        (Received reply, IReadOnlyList<Received> outputs) = _client.Run("Console.WriteLine(\"hello\");\n6 * 7");
        Assert.Equal(["status", "execute_input", "stream", "execute_result", "status"], outputs.Select(message => message.Type));
        Assert.Equal("hello\n", outputs[2].Text("text"));
        Assert.Equal("42", outputs[3].Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.All([outputs[1], outputs[3], reply], message => Assert.Equal(1, message.Number("execution_count")));
        Assert.Empty(reply.Content["payload"]!.AsArray());
    }

    [Fact]
    public void Only_cells_with_code_that_are_stored_are_counted()
    {
        Assert.Equal(1, _client.Run("1").Reply.Number("execution_count"));
        Assert.Equal(1, _client.Run("  \n").Reply.Number("execution_count"));
        Assert.Equal(1, _client.Run("2", new JsonObject { ["silent"] = true }).Reply.Number("execution_count"));
        Assert.Equal(1, _client.Run("3", new JsonObject { ["store_history"] = false }).Reply.Number("execution_count"));
        Assert.Equal(2, _client.Run("throw new Exception();").Reply.Number("execution_count"));
        Assert.Equal(3, _client.Run("4").Reply.Number("execution_count"));
        Assert.Equal(
            ["1", "throw new Exception();", "4"],
            _client.Ask(_client.Shell, "history_request", new JsonObject { ["hist_access_type"] = "tail" })
                .Content["history"]!.AsArray().Select(entry => entry![2]!.GetValue<string>()));
    }

    [Fact]
    public void A_silent_cell_runs_and_publishes_nothing()
    {
        (Received reply, IReadOnlyList<Received> outputs) = _client.Run(
            "int hidden = 5; Console.WriteLine(hidden); display(hidden); hidden", new JsonObject { ["silent"] = true });
        Assert.Equal("ok", reply.Text("status"));
        Assert.Equal(["status", "status"], outputs.Select(message => message.Type));
        Assert.Equal("ok", _client.Run("hidden").Reply.Text("status"));
    }

    [Fact]
    public void A_failing_cell_publishes_the_error_that_its_answer_has()
    {
        (Received reply, IReadOnlyList<Received> outputs) = _client.Run("throw new InvalidOperationException(\"no such luck\");");
        Received error = Assert.Single(outputs, message => message.Type == "error");
        Assert.Equal("error", reply.Text("status"));
        Assert.Contains("InvalidOperationException", error.Text("ename"));
        Assert.Equal((error.Text("ename"), error.Text("evalue")), (reply.Text("ename"), reply.Text("evalue")));
        Assert.NotEmpty(error.Content["traceback"]!.AsArray());
    }

    [Fact]
    public void Cells_that_wait_behind_a_failing_one_are_aborted_and_other_requests_are_not()
    {
        string fails = _client.Execute("System.Threading.Thread.Sleep(300); throw new Exception(\"first\");");
        string[] waiting = [.. Enumerable.Range(0, 5).Select(i => _client.Execute($"Console.WriteLine({i});"))];
        string info = _client.Send(_client.Shell, "kernel_info_request");
        List<Received> replies = [.. Enumerable.Range(0, 7).Select(_ => KernelClient.Receive(_client.Shell))];
        Assert.Equal([fails, .. waiting, info], replies.Select(reply => reply.ParentId));
        Assert.Equal(
            ["error", "aborted", "aborted", "aborted", "aborted", "aborted", "ok"],
            replies.Select(reply => reply.Text("status")));
        Assert.All(waiting, id =>
            Assert.Equal(["busy", "idle"], _client.PublishedFor(id).Select(m => m.Text("execution_state"))));
        Assert.Equal("ok", _client.Run("1").Reply.Text("status"));
    }

    [Fact]
    public void Without_stop_on_error_the_next_cells_run()
    {
        var goOn = new JsonObject { ["stop_on_error"] = false };
        _client.Execute("System.Threading.Thread.Sleep(100); throw new Exception();", goOn);
        _client.Execute("1");
        Assert.Equal("error", KernelClient.Receive(_client.Shell).Text("status"));
        Assert.Equal("ok", KernelClient.Receive(_client.Shell).Text("status"));
    }

    [Fact]
    public void A_cell_sent_after_the_error_was_answered_runs()
    {
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("error", _client.Run("throw new Exception();").Reply.Text("status"));
            Assert.Equal("ok", _client.Run("1").Reply.Text("status"));
        }
    }

    [Fact]
    public void Expressions_answer_for_themselves()
    {
        Received reply = _client.Run("int width = 8;", new JsonObject
        {
            ["user_expressions"] = new JsonObject { ["twice"] = "2 * width", ["wrong"] = "nothing" },
        }).Reply;
        JsonNode answers = reply.Content["user_expressions"]!;
        Assert.Equal("16", answers["twice"]!["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal("error", answers["wrong"]!["status"]!.GetValue<string>());
        Assert.NotNull(answers["wrong"]!["ename"]);
    }

    [Fact]
    public void A_value_is_shown_and_updated_under_its_display_id()
    {
        IReadOnlyList<Received> outputs = _client.Run("var shown = display(1); shown.Update(2);").Outputs;
        Received first = Assert.Single(outputs, message => message.Type == "display_data");
        Received update = Assert.Single(outputs, message => message.Type == "update_display_data");
        Assert.Equal("2", update.Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.NotNull(update.Content["transient"]!["display_id"]);
        Assert.Equal(
            first.Content["transient"]!["display_id"]!.GetValue<string>(),
            update.Content["transient"]!["display_id"]!.GetValue<string>());
    }

    [Fact]
    public void History_has_texts_or_texts_with_values()
    {
        _client.Run("6 * 7");
        _client.Run("int y = 3;");
        JsonArray with = Ask(new JsonObject
        {
            ["hist_access_type"] = "range", ["session"] = 0, ["start"] = 1, ["output"] = true,
        });
        Assert.Equal("""[[1,1,["6 * 7","42"]],[1,2,["int y = 3;",null]]]""", with.ToJsonString());
        JsonArray found = Ask(new JsonObject { ["hist_access_type"] = "search", ["pattern"] = "int*" });
        Assert.Equal("""[[1,2,"int y = 3;"]]""", found.ToJsonString());

        JsonArray Ask(JsonObject content) => _client.Ask(_client.Shell, "history_request", content).Content["history"]!.AsArray();
    }

    [Fact]
    public void Completion_counts_code_points_behind_characters_outside_the_basic_plane()
    {
        const string Code = "var s = \"😀😀\"; s.Leng";
        Received reply = _client.Ask(
            _client.Shell, "complete_request", new JsonObject { ["code"] = Code, ["cursor_pos"] = Code.Length - 2 });
        Assert.Equal(["Length"], reply.Content["matches"]!.AsArray().Select(match => match!.GetValue<string>()));
        Assert.Equal((Code.Length - 2 - 4, Code.Length - 2), (reply.Number("cursor_start"), reply.Number("cursor_end")));
        JsonNode typed = reply.Content["metadata"]!["_jupyter_types_experimental"]![0]!;
        Assert.Equal(
            ("Length", Code.Length - 2 - 4),
            (typed["text"]!.GetValue<string>(), typed["start"]!.GetValue<int>()));
        Assert.NotEmpty(typed["type"]!.GetValue<string>());
        Assert.NotNull(typed["signature"]);
    }

    [Fact]
    public void A_question_mark_opens_a_page_of_help()
    {
        JsonArray payload = _client.Run("Console.WriteLine?").Reply.Content["payload"]!.AsArray();
        Assert.Equal("page", Assert.Single(payload)!["source"]!.GetValue<string>());
        Assert.Contains("WriteLine", payload[0]!["data"]!["text/plain"]!.GetValue<string>());
    }

    [Fact]
    public void A_question_about_nothing_says_so()
    {
        (Received reply, IReadOnlyList<Received> outputs) = _client.Run("noSuchName?");
        Assert.Empty(reply.Content["payload"]!.AsArray());
        Received answer = Assert.Single(outputs, message => message.Type == "stream");
        Assert.Equal("Nothing is known of 'noSuchName'.\n", answer.Text("text"));
    }

    [Fact]
    public void Inspection_of_nothing_is_found_false()
    {
        Received reply = _client.Ask(_client.Shell, "inspect_request", new JsonObject { ["code"] = "   ", ["cursor_pos"] = 1 });
        Assert.Equal(("ok", false), (reply.Text("status"), reply.Content["found"]!.GetValue<bool>()));
        Assert.Empty(reply.Content["data"]!.AsObject());
    }

    [Fact]
    public void Output_of_a_task_that_outlives_its_cell_belongs_to_that_cell()
    {
        (Received reply, _) = _client.Run("""
            _ = Task.Run(async () => { await Task.Delay(300); Console.WriteLine("late"); });
            """);
        _client.Run("1");
        Received late = _client.Publishes(message => message.Type == "stream");
        Assert.Equal((reply.ParentId, "late\n"), (late.ParentId, late.Text("text")));
    }
}
