using SegLstm.Jupyter.Messaging.ZeroMq;

namespace SegLstm.Jupyter.Server;

/// <summary>
/// The heartbeat socket: sends back what it gets, on its own thread, so that clients see that the process lives.
/// </summary>
internal sealed class HeartbeatChannel : IDisposable
{
    private readonly SocketThread _thread;

    /// <summary>Listens at an address.</summary>
    public HeartbeatChannel(ZeroMqContext context, string endpoint, KernelLog log)
    {
        ZeroMqSocket socket = context.Create(SocketKind.Reply);
        try
        {
            socket.Bind(endpoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        // A message of too many frames arrives as none; left without an answer, the socket would take no other.
        _thread = new SocketThread(
            "heartbeat", socket, frames => socket.Send(frames is [] ? [[]] : frames), fault => log.Write($"heartbeat: {fault}"));
    }

    /// <summary>Completes when the socket is closed.</summary>
    public Task Ended => _thread.Ended;

    /// <summary>Begins to answer.</summary>
    public void Start() => _thread.Start();

    /// <summary>Closes the socket.</summary>
    public void Dispose() => _thread.Dispose();
}
