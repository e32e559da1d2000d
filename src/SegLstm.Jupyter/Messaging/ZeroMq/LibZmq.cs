using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>The functions of libzmq that a kernel calls (ZeroMQ 4.2 and later).</summary>
internal static partial class LibZmq
{
    private const string Library = "libzmq.so.5";

    [LibraryImport(Library, EntryPoint = "zmq_ctx_new", SetLastError = true)]
    internal static partial ContextHandle NewContext();

    [LibraryImport(Library, EntryPoint = "zmq_ctx_term", SetLastError = true)]
    internal static partial int TerminateContext(nint context);

    [LibraryImport(Library, EntryPoint = "zmq_socket", SetLastError = true)]
    internal static partial SocketHandle NewSocket(ContextHandle context, SocketKind kind);

    [LibraryImport(Library, EntryPoint = "zmq_close", SetLastError = true)]
    internal static partial int CloseSocket(nint socket);

    [LibraryImport(Library, EntryPoint = "zmq_bind", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Bind(SocketHandle socket, string endpoint);

    [LibraryImport(Library, EntryPoint = "zmq_connect", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Connect(SocketHandle socket, string endpoint);

    [LibraryImport(Library, EntryPoint = "zmq_setsockopt", SetLastError = true)]
    internal static partial int SetOption(SocketHandle socket, SocketOption option, ReadOnlySpan<byte> value, nuint length);

    [LibraryImport(Library, EntryPoint = "zmq_send", SetLastError = true)]
    internal static partial int Send(SocketHandle socket, ReadOnlySpan<byte> frame, nuint length, TransferFlags flags);

    [LibraryImport(Library, EntryPoint = "zmq_poll", SetLastError = true)]
    internal static partial int Poll(Span<PollItem> items, int count, nint milliseconds);

    [LibraryImport(Library, EntryPoint = "zmq_msg_init")]
    internal static partial int InitFrame(ref NativeFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_recv", SetLastError = true)]
    internal static partial int ReceiveFrame(ref NativeFrame frame, SocketHandle socket, TransferFlags flags);

    [LibraryImport(Library, EntryPoint = "zmq_msg_data")]
    internal static unsafe partial byte* FrameData(ref NativeFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_size")]
    internal static partial nuint FrameSize(ref NativeFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_more")]
    internal static partial int FrameHasMore(ref NativeFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_msg_close")]
    internal static partial int CloseFrame(ref NativeFrame frame);

    [LibraryImport(Library, EntryPoint = "zmq_strerror")]
    internal static partial nint ErrorText(int error);
}
