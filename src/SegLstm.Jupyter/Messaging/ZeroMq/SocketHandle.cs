using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>Owns a libzmq socket, and keeps its context alive.</summary>
internal sealed class SocketHandle() : SafeHandle(0, ownsHandle: true)
{
    private ContextHandle? _context;

    public override bool IsInvalid => handle == 0;

    /// <summary>Makes a socket.</summary>
    /// <exception cref="ZeroMqException">libzmq refuses.</exception>
    internal static SocketHandle Create(ContextHandle context, SocketKind kind)
    {
        SocketHandle socket = LibZmq.NewSocket(context, kind);
        if (socket.IsInvalid) throw ZeroMqException.Last($"a {kind} socket");
        bool added = false;
        context.DangerousAddRef(ref added);
        if (added) socket._context = context;
        return socket;
    }

    protected override bool ReleaseHandle()
    {
        bool closed = LibZmq.CloseSocket(handle) == 0;
        _context?.DangerousRelease();
        return closed;
    }
}
