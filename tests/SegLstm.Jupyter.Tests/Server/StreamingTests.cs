using System.Text;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>Text that cells write, as it reaches a front end.</summary>
public sealed class StreamingTests : IDisposable
{
    private readonly RunningKernel _kernel = new();
    private readonly KernelClient _client;

    public StreamingTests()
    {
        _client = _kernel.Client();
        _client.Run("1");
    }

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void Text_arrives_while_the_cell_runs_in_at_most_20_messages_a_second()
    {
        string id = _client.Execute("""
            for (int i = 0; i < 300; i++) { Console.WriteLine($"line {i}"); await System.Threading.Tasks.Task.Delay(8); }
            """);
        Received first = _client.Publishes(message => message.ParentId == id && message.Type == "stream");
        IReadOnlyList<Received> outputs = _client.PublishedFor(id);
        List<Received> streams = [.. outputs.Where(message => message.Type == "stream")];
        Assert.Equal(
            string.Concat(Enumerable.Range(0, 300).Select(i => $"line {i}\n")),
            string.Concat(streams.Select(s => s.Text("text"))));
        Assert.True(outputs[^1].At - first.At > TimeSpan.FromSeconds(1.5), "the first line came only at the end");
        Assert.All(streams, from => Assert.InRange(
            streams.Count(s => s.At >= from.At && s.At < from.At + TimeSpan.FromSeconds(1)), 1, 20));
    }

    [Fact]
    public void Text_errors_and_displays_keep_their_order()
    {
        IReadOnlyList<Received> outputs = _client.Run("""
            for (int i = 0; i < 5; i++) { Console.WriteLine($"out {i}"); Console.Error.WriteLine($"err {i}"); display(i); }
            """).Outputs;
        IEnumerable<string> seen = outputs.Where(m => m.Type is "stream" or "display_data").Select(m => m.Type == "stream"
            ? m.Text("text").Trim() : m.Content["data"]!["text/plain"]!.GetValue<string>());
        Assert.Equal(Enumerable.Range(0, 5).SelectMany(i => new[] { $"out {i}", $"err {i}", $"{i}" }), seen);
    }

    [Fact]
    public void Ten_megabytes_arrive_whole_in_bounded_messages_within_seconds()
    {
        DateTime start = DateTime.UtcNow;
        IReadOnlyList<Received> outputs = _client.Run(
            "for (int i = 0; i < 100_000; i++) Console.WriteLine(new string((char)('a' + i % 26), 104));").Outputs;
        TimeSpan taken = DateTime.UtcNow - start;
        var text = new StringBuilder();
        foreach (Received stream in outputs.Where(message => message.Type == "stream"))
        {
            Assert.InRange(stream.Text("text").Length, 1, 512 * 1024);
            text.Append(stream.Text("text"));
        }

        Assert.Equal(100_000 * 105, text.Length);
        Assert.InRange(taken.TotalSeconds, 0, 8);
    }

    [Fact]
    public void Ten_million_characters_written_one_by_one_arrive_whole_and_in_seconds()
    {
        DateTime start = DateTime.UtcNow;
        IReadOnlyList<Received> outputs = _client.Run("for (int i = 0; i < 10_000_000; i++) Console.Write('x');").Outputs;
        Assert.InRange((DateTime.UtcNow - start).TotalSeconds, 0, 20);
        Assert.Equal(
            10_000_000, outputs.Where(message => message.Type == "stream").Sum(message => message.Text("text").Length));
    }

    [Fact]
    public void A_thread_that_goes_on_printing_holds_up_neither_a_question_nor_the_end_of_its_cell()
    {
        string id = _client.Execute("""
            using System.Threading;
            var printing = System.Diagnostics.Stopwatch.StartNew();
            void Print() { while (printing.Elapsed.TotalSeconds < 10) Console.WriteLine(new string('x', 1000)); }
            new Thread(Print) { IsBackground = true }.Start();
            Thread.Sleep(500);
            throw new Exception(Console.ReadLine());
            """, new JsonObject { ["allow_stdin"] = true });
        DateTime start = DateTime.UtcNow;
        Assert.Equal("input_request", KernelClient.Receive(_client.Stdin).Type);
        _client.Send(_client.Stdin, "input_reply", new JsonObject { ["value"] = "enough" });
        Assert.Equal("enough", KernelClient.Receive(_client.Shell).Text("evalue"));
        Assert.InRange((DateTime.UtcNow - start).TotalSeconds, 0, 6);
        Assert.Equal("enough", Assert.Single(_client.PublishedFor(id), message => message.Type == "error").Text("evalue"));
        _client.Run("printing = null;");
    }

    [Fact]
    public void A_single_line_does_not_wait()
    {
        var times = new List<double>();
        for (int i = 0; i < 40; i++)
        {
            DateTime start = DateTime.UtcNow;
            _client.Run("Console.WriteLine(1);");
            times.Add((DateTime.UtcNow - start).TotalMilliseconds);
        }

        times.Sort();
        Assert.InRange(times[times.Count / 2], 0, 60);
    }

    [Fact]
    public void A_cell_that_writes_without_end_is_held_up_in_bounded_memory_and_can_be_interrupted()
    {
        string id = _client.Execute("while (true) Console.WriteLine(new string('x', 10_000));");
        _client.Publishes(message => message.ParentId == id && message.Type == "stream");
        long before = Environment.WorkingSet;
        DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(2);
        while (DateTime.UtcNow < end) KernelClient.Receive(_client.IoPub, TimeSpan.FromMilliseconds(50));
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 200L << 20);
        _client.Ask(_client.Control, "interrupt_request");
        Assert.Equal(("error", "KeyboardInterrupt"), Reply(KernelClient.Receive(_client.Shell)));

        static (string, string) Reply(Received reply) => (reply.Text("status"), reply.Text("ename"));
    }

    [Fact]
    public void Clearing_is_published_with_its_wait()
    {
        IReadOnlyList<Received> outputs = _client.Run("Console.WriteLine(1); Console.Clear(); Console.WriteLine(2);").Outputs;
        Received clear = Assert.Single(outputs, message => message.Type == "clear_output");
        Assert.False(clear.Content["wait"]!.GetValue<bool>());
        Assert.Equal(
            ["stream", "clear_output", "stream"], outputs.Select(m => m.Type).Where(type => type is "stream" or "clear_output"));
    }
}
