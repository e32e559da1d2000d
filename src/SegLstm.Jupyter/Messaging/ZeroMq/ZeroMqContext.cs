namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>A libzmq context: its input and output thread, from which sockets are made.</summary>
internal sealed class ZeroMqContext : IDisposable
{
    private readonly ContextHandle _handle;

    /// <summary>Loads libzmq.</summary>
    /// <exception cref="ZeroMqMissingException">It is not installed.</exception>
    /// <exception cref="ZeroMqException">It refuses.</exception>
    public ZeroMqContext()
    {
        try
        {
            _handle = LibZmq.NewContext();
        }
        catch (DllNotFoundException cause)
        {
            throw new ZeroMqMissingException(cause);
        }

        if (_handle.IsInvalid) throw ZeroMqException.Last("a ZeroMQ context");
    }

    /// <summary>Makes a socket.</summary>
    public ZeroMqSocket Create(SocketKind kind) => new(SocketHandle.Create(_handle, kind), kind);

    /// <summary>Closes the context as soon as its last socket is closed.</summary>
    public void Dispose() => _handle.Dispose();
}
