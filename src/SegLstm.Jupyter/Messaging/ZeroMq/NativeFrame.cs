using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>Room for libzmq's zmq_msg_t: 64 bytes, aligned to a pointer, whose content is libzmq's own.</summary>
[StructLayout(LayoutKind.Sequential, Size = 64)]
internal struct NativeFrame
{
    private readonly nint _opaque;
}
