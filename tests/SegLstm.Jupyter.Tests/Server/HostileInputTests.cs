using System.Text;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Messaging.ZeroMq;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>What others than its front end send to a kernel, over real sockets.</summary>
public sealed class HostileInputTests : IDisposable
{
    private readonly RunningKernel _kernel = new();
    private readonly KernelClient _client;
    private readonly string _mark = Path.Combine(Path.GetTempPath(), $"ran-{Guid.NewGuid():N}");

    public HostileInputTests() => _client = _kernel.Client();

    public void Dispose()
    {
        _kernel.Dispose();
        File.Delete(_mark);
    }

    private string Marking =>
        new JsonObject { ["code"] = $"System.IO.File.AppendAllText(\"{_mark}\", \"x\");" }.ToJsonString();

    [Fact]
    public void Of_10_000_messages_without_a_right_signature_none_runs()
    {
        const int Tries = 10_000;
        IReadOnlyList<byte[]> replayed = _client.Frames("execute_request", Marking, out _);
        _client.Shell.Send(replayed);
        Assert.Equal("ok", KernelClient.Receive(_client.Shell).Text("status"));

        ZeroMqSocket[] sockets = [_client.Shell, _client.Control, _client.Stdin];
        for (int i = 0; i < Tries; i++)
        {
            byte[][] frames = [.. i % 5 == 4 ? replayed : _client.Frames("execute_request", Marking, out _)];
            string right = Encoding.ASCII.GetString(frames[1]);
            frames[1] = Encoding.ASCII.GetBytes((i % 5) switch
            {
                0 => $"{Guid.NewGuid():N}{Guid.NewGuid():N}",
                1 => "",
                2 => right[..(i % 64)],
                3 => right[..^1] + (right[^1] == '0' ? '1' : '0'),
                _ => right,
            });

            // Wait for the kernel now and then: the socket would drop what it cannot keep, and prove nothing.
            while (!sockets[i % 3].Send(frames)) Thread.Sleep(1);
        }

        long deadline = Environment.TickCount64 + 20_000;
        while (_kernel.Log.Drops < Tries && Environment.TickCount64 < deadline) Thread.Sleep(5);
        Assert.Equal(Tries, _kernel.Log.Drops);
        Assert.Equal("ok", _client.Run("1").Reply.Text("status"));
        Assert.Equal("x", File.ReadAllText(_mark));
    }

    [Fact]
    public void A_flood_of_wrong_messages_fills_no_log()
    {
        for (int i = 0; i < 2000; i++)
        {
            while (!_client.Shell.Send([[1], [2]])) Thread.Sleep(1);
        }

        _client.Run("1");
        Assert.InRange(_kernel.LogText.ToString().Split('\n').Length, 1, 20);
    }

    [Fact]
    public void Random_frames_on_every_socket_leave_the_kernel_answering()
    {
        var random = new Random(5);
        ZeroMqSocket[] sockets = [_client.Shell, _client.Control, _client.Stdin];
        for (int i = 0; i < 6000; i++)
        {
            byte[][] frames = [.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => Frame())];
            while (!sockets[i % 3].Send(frames)) Thread.Sleep(1);
        }

        Assert.Equal("ok", _client.Ask(_client.Control, "kernel_info_request").Text("status"));
        Assert.Equal("ok", _client.Run("1").Reply.Text("status"));

        byte[] Frame()
        {
            if (random.Next(4) == 0) return "<IDS|MSG>"u8.ToArray();
            if (random.Next(4) == 0) return "{}"u8.ToArray();
            byte[] bytes = new byte[random.Next(200)];
            random.NextBytes(bytes);
            return bytes;
        }
    }

    [Fact]
    public void Garbage_on_iopub_and_the_heartbeat_leaves_the_kernel_answering()
    {
        using var context = new ZeroMqContext();
        using ZeroMqSocket dealer = context.Create(SocketKind.Dealer);
        dealer.Connect(_kernel.Connection.Endpoint(_kernel.Connection.HeartbeatPort));
        for (int i = 0; i < 1000; i++) dealer.Send([[(byte)i], [], [(byte)i]]);
        using ZeroMqSocket subscriber = context.Create(SocketKind.Subscriber);
        subscriber.Connect(_kernel.Connection.Endpoint(_kernel.Connection.IoPubPort));
        for (int i = 0; i < 1000; i++) subscriber.Set(SocketOption.Subscribe, [0xff, 0, (byte)i]);
        The_heart_beats();
        Assert.Equal("ok", _client.Run("1").Reply.Text("status"));
        dealer.Set(SocketOption.Linger, 0);
        subscriber.Set(SocketOption.Linger, 0);
    }

    [Fact]
    public void A_frame_that_is_too_large_ends_the_connection_and_takes_no_memory()
    {
        using var other = new KernelClient(_kernel.Connection, identity: "other");
        long before = Environment.WorkingSet;
        byte[] large = new byte[ZeroMqSocket.MaximumFrame + 1];
        other.Shell.Send([large]);
        Assert.Equal("ok", _client.Run("1").Reply.Text("status"));
        Assert.Equal(0, _kernel.Log.Drops);
        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 3L * large.Length);
    }

    [Fact]
    public void A_message_of_very_many_frames_is_dropped()
    {
        byte[][] frames = [.. Enumerable.Repeat(new byte[] { 1 }, 100_000)];
        _client.Shell.Send(frames);
        Assert.Equal("ok", _client.Run("1").Reply.Text("status"));
        Assert.Equal(1, _kernel.Log.Drops);
    }

    [Fact]
    public void The_heart_goes_on_after_a_message_of_very_many_frames()
    {
        _client.Heartbeat.Send([.. Enumerable.Repeat(new byte[] { 1 }, 2 * ZeroMqSocket.MaximumFrames)]);
        IReadOnlyList<byte[]>? answer = null;
        Assert.True(SpinWait.SpinUntil(() => _client.Heartbeat.TryReceive(out answer), TimeSpan.FromSeconds(5)));
        Assert.Empty(Assert.Single(answer!));
        The_heart_beats();
    }

    private void The_heart_beats()
    {
        _client.Heartbeat.Send([[9]]);
        bool beats = SpinWait.SpinUntil(() => _client.Heartbeat.TryReceive(out _), TimeSpan.FromSeconds(5));
        Assert.True(beats);
    }
}
