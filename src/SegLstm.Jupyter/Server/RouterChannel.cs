using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Messaging.ZeroMq;

namespace SegLstm.Jupyter.Server;

/// <summary>
/// A socket that clients send messages to and get answers from: shell, control or stdin. It has its own thread.
/// </summary>
internal sealed class RouterChannel : IDisposable
{
    private readonly WireCodec _codec;
    private readonly KernelLog _log;
    private readonly Action<RouterChannel, IncomingMessage> _received;
    private readonly SocketThread _thread;

    /// <summary>Listens at an address; messages are handed on once it is started.</summary>
    /// <param name="name">shell, control or stdin.</param>
    /// <param name="context">Where the socket is made.</param>
    /// <param name="endpoint">The address.</param>
    /// <param name="codec">Reads and signs messages.</param>
    /// <param name="received">Called on the channel's thread with each message that is whole and signed.</param>
    /// <param name="log">Hears of messages that are dropped.</param>
    public RouterChannel(
        string name,
        ZeroMqContext context,
        string endpoint,
        WireCodec codec,
        Action<RouterChannel, IncomingMessage> received,
        KernelLog log)
    {
        Name = name;
        _codec = codec;
        _log = log;
        _received = received;
        ZeroMqSocket socket = context.Create(SocketKind.Router);
        try
        {
            socket.Set(SocketOption.RouterHandover, 1);
            socket.Bind(endpoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _thread = new SocketThread(name, socket, Receive, fault => log.Write($"{name}: {fault}"));
    }

    /// <summary>shell, control or stdin.</summary>
    public string Name { get; }

    /// <summary>Completes when the socket is closed.</summary>
    public Task Ended => _thread.Ended;

    /// <summary>Begins to hand messages on.</summary>
    public void Start() => _thread.Start();

    /// <summary>Sends a message to the client that its identities name.</summary>
    public void Send(OutgoingMessage message)
    {
        IReadOnlyList<byte[]> frames = _codec.Write(message);
        _thread.Post(socket => socket.Send(frames));
    }

    /// <summary>Does something on the channel's thread after a while.</summary>
    public void After(TimeSpan delay, Action action) => _thread.Post(delay, _ => action());

    /// <summary>Waits until what has arrived by now has been handed on.</summary>
    public void Drain() => _thread.Drain();

    /// <summary>Sends what was posted, and closes the socket.</summary>
    public void Dispose() => _thread.Dispose();

    private void Receive(IReadOnlyList<byte[]> frames)
    {
        IncomingMessage message;
        try
        {
            message = _codec.Read(frames);
        }
        catch (Exception fault) when (fault is WireException or InvalidOperationException)
        {
            // InvalidOperationException: a string of JSON whose escapes are no text.
            _log.Dropped(Name, fault.Message);
            return;
        }

        _received(this, message);
    }
}
