using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Messaging.ZeroMq;

namespace SegLstm.Jupyter.Tests.Server;

/// <summary>A front end: real sockets that speak the protocol, written apart from the kernel's own codec.</summary>
internal sealed class KernelClient : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ZeroMqContext _context = new();
    private readonly MessageSigner _signer;
    private readonly string _session = Guid.NewGuid().ToString("N");

    public KernelClient(ConnectionFile connection, string topic = "", string? identity = null)
    {
        _signer = new MessageSigner(connection.Key);
        byte[] name = Encoding.ASCII.GetBytes(identity ?? _session);
        Shell = Dealer(connection.ShellPort);
        Control = Dealer(connection.ControlPort);
        Stdin = Dealer(connection.StdinPort);
        Heartbeat = _context.Create(SocketKind.Request);
        Heartbeat.Connect(connection.Endpoint(connection.HeartbeatPort));
        IoPub = _context.Create(SocketKind.Subscriber);
        IoPub.Connect(connection.Endpoint(connection.IoPubPort));
        IoPub.Set(SocketOption.Subscribe, Encoding.UTF8.GetBytes(topic));

        ZeroMqSocket Dealer(int port)
        {
            ZeroMqSocket socket = _context.Create(SocketKind.Dealer);
            socket.Set(SocketOption.Identity, name);
            socket.Connect(connection.Endpoint(port));
            return socket;
        }
    }

    public ZeroMqSocket Shell { get; }

    public ZeroMqSocket Control { get; }

    public ZeroMqSocket Stdin { get; }

    public ZeroMqSocket IoPub { get; }

    public ZeroMqSocket Heartbeat { get; }

    /// <summary>All that came on iopub so far.</summary>
    public List<Received> Published { get; } = [];

    public IReadOnlyList<byte[]> Frames(string type, string content, out string id, byte[][]? buffers = null)
    {
        id = Guid.NewGuid().ToString("N");
        var header = new JsonObject
        {
            ["msg_id"] = id, ["session"] = _session, ["username"] = "tester", ["date"] = "2026-11-26T11:00:00.000000Z",
            ["msg_type"] = type, ["version"] = "5.5",
        };
        byte[][] signed = [Utf8(header.ToJsonString()), Utf8("{}"), Utf8("{}"), Utf8(content)];
        return [Utf8("<IDS|MSG>"), _signer.Sign(signed), .. signed, .. buffers ?? []];
    }

    public string Send(ZeroMqSocket socket, string type, JsonObject? content = null, params byte[][] buffers) =>
        Send(socket, type, (content ?? []).ToJsonString(), buffers);

    public string Send(ZeroMqSocket socket, string type, string content, params byte[][] buffers)
    {
        IReadOnlyList<byte[]> frames = Frames(type, content, out string id, buffers);

        // Full while the kernel reads what was sent before.
        Assert.True(SpinWait.SpinUntil(() => socket.Send(frames), Patience));
        return id;
    }

    public string Execute(string code, JsonObject? more = null)
    {
        var content = new JsonObject { ["code"] = code };
        foreach ((string name, JsonNode? value) in more ?? []) content[name] = value?.DeepClone();
        return Send(Shell, "execute_request", content);
    }

    /// <summary>The next message of a socket; null where none comes in time.</summary>
    public static Received? Receive(ZeroMqSocket socket, TimeSpan patience)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            if (socket.TryReceive(out IReadOnlyList<byte[]> frames)) return Parse(frames);
            if (Stopwatch.GetElapsedTime(start) > patience) return null;
            Thread.Sleep(1);
        }
    }

    public static Received Receive(ZeroMqSocket socket) =>
        Receive(socket, Patience) ?? throw new TimeoutException($"no message within {Patience.TotalSeconds} s");

    /// <summary>The next message on iopub that fits.</summary>
    public Received Publishes(Func<Received, bool> fits)
    {
        for (int i = 0; ; i++)
        {
            while (i >= Published.Count) Published.Add(Receive(IoPub));
            if (fits(Published[i])) return Published[i];
        }
    }

    /// <summary>All that a request published, busy and idle included.</summary>
    public IReadOnlyList<Received> PublishedFor(string id)
    {
        Publishes(message => message.ParentId == id && message.Type == "status" && message.Text("execution_state") == "idle");
        return [.. Published.Where(message => message.ParentId == id)];
    }

    /// <summary>Runs a cell to its end.</summary>
    public (Received Reply, IReadOnlyList<Received> Outputs) Run(string code, JsonObject? more = null)
    {
        string id = Execute(code, more);
        Received reply = Receive(Shell);
        Assert.Equal(id, reply.ParentId);
        return (reply, PublishedFor(id));
    }

    /// <summary>Asks and waits for the answer.</summary>
    public Received Ask(ZeroMqSocket socket, string type, JsonObject? content = null)
    {
        string id = Send(socket, type, content);
        Received reply = Receive(socket);
        Assert.Equal(id, reply.ParentId);
        return reply;
    }

    public void Dispose()
    {
        foreach (ZeroMqSocket socket in new[] { Shell, Control, Stdin, IoPub, Heartbeat })
        {
            socket.Set(SocketOption.Linger, 0);
            socket.Dispose();
        }

        _context.Dispose();
    }

    private static Received Parse(IReadOnlyList<byte[]> frames)
    {
        int at = 0;
        while (!frames[at].AsSpan().SequenceEqual("<IDS|MSG>"u8)) at++;
        JsonObject header = Json(2), parent = Json(3);
        return new Received(
            header["msg_type"]!.GetValue<string>(),
            parent["msg_id"]?.GetValue<string>() ?? "",
            Json(5),
            Json(4),
            [.. frames.Skip(at + 6)])
        {
            Topic = at > 0 ? Encoding.UTF8.GetString(frames[0]) : "",
            Id = header["msg_id"]!.GetValue<string>(),
        };

        JsonObject Json(int offset) => JsonNode.Parse(frames[at + offset])!.AsObject();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
