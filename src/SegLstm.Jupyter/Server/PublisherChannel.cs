using System.Text;
using System.Text.Json.Nodes;
using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Messaging.ZeroMq;

namespace SegLstm.Jupyter.Server;

/// <summary>The iopub socket: outputs and states, to every client that subscribes. It has its own thread.</summary>
internal sealed class PublisherChannel : IDisposable
{
    /// <summary>Messages kept for a client that reads too slowly; libzmq's 1,000 would lose outputs of a lively cell.</summary>
    private const int Backlog = 100_000;

    private const byte Subscribed = 1;

    /// <summary>How long the announcement of the start waits for somebody who hears it.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(1);

    private readonly WireCodec _codec;
    private readonly SocketThread _thread;
    private readonly ZeroMqSocket _socket;
    private bool _announced;

    /// <summary>Listens at an address; nothing is sent before the start.</summary>
    public PublisherChannel(ZeroMqContext context, string endpoint, WireCodec codec, KernelLog log)
    {
        _codec = codec;
        _socket = context.Create(SocketKind.Publisher);
        try
        {
            // By hand, so that a client's welcome goes out before anything else that it subscribes to.
            _socket.Set(SocketOption.ManualSubscriptions, 1);
            _socket.Set(SocketOption.SendHighWater, Backlog);
            _socket.Bind(endpoint);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        _thread = new SocketThread("iopub", _socket, Receive, fault => log.Write($"iopub: {fault}"));
    }

    /// <summary>Completes when the socket is closed.</summary>
    public Task Ended => _thread.Ended;

    /// <summary>
    /// Begins to publish. The state `starting` goes out once: when the first client has subscribed, after a second, or before
    /// anything else is published, whichever comes first.
    /// </summary>
    public void Start()
    {
        _thread.Post(StartPatience, _ => Announce());
        _thread.Start();
    }

    /// <summary>Publishes a message under its type as the topic; clients see messages in the order of these calls.</summary>
    public void Publish(OutgoingMessage message)
    {
        IReadOnlyList<byte[]> frames = Frames(message);
        _thread.Post(socket =>
        {
            Announce();
            socket.Send(frames);
        });
    }

    /// <summary>Publishes that a request begins or ends: busy, idle.</summary>
    public void PublishStatus(string state, MessageHeader request) => Publish(Status(state, request));

    /// <summary>Does something on the channel's thread after a while.</summary>
    public void After(TimeSpan delay, Action action) => _thread.Post(delay, _ => action());

    /// <summary>Sends what was posted, and closes the socket.</summary>
    public void Dispose() => _thread.Dispose();

    private void Receive(IReadOnlyList<byte[]> frames)
    {
        if (frames.Count != 1 || frames[0].Length == 0) return;
        ReadOnlySpan<byte> topic = frames[0].AsSpan(1);
        if (frames[0][0] != Subscribed)
        {
            _socket.Set(SocketOption.Unsubscribe, topic);
            return;
        }

        _socket.Set(SocketOption.Subscribe, topic);
        var welcome = new OutgoingMessage("iopub_welcome", new JsonObject { ["subscription"] = Encoding.UTF8.GetString(topic) })
        {
            Identities = [topic.ToArray()],
        };
        _socket.Send(_codec.Write(welcome));
        Announce();
    }

    private void Announce()
    {
        if (_announced) return;
        _announced = true;
        _socket.Send(Frames(Status("starting", request: null)));
    }

    private static OutgoingMessage Status(string state, MessageHeader? request) =>
        new("status", new JsonObject { ["execution_state"] = state }) { Parent = request };

    private IReadOnlyList<byte[]> Frames(OutgoingMessage message) =>
        _codec.Write(message with { Identities = [Encoding.UTF8.GetBytes(message.Type)] });
}
