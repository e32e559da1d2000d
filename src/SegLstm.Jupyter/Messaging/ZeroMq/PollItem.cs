using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>libzmq's zmq_pollitem_t: one socket or file descriptor to watch.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollItem
{
    /// <summary>Something can be received.</summary>
    internal const short Readable = 1;

    internal nint Socket;
    internal int Descriptor;
    internal short Events;
    internal short Happened;
}
