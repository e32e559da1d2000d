using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>A socket. libzmq's sockets are not safe to share: one thread at a time calls it.</summary>
internal sealed class ZeroMqSocket : IDisposable
{
    /// <summary>The largest frame that is received, in bytes.</summary>
    internal const long MaximumFrame = 64 << 20;

    /// <summary>The most frames of one message; what has more is read and dropped.</summary>
    internal const int MaximumFrames = 1024;

    private const int LingerMilliseconds = 1000;

    private readonly SocketHandle _handle;
    private readonly SocketKind _kind;

    internal ZeroMqSocket(SocketHandle handle, SocketKind kind)
    {
        _handle = handle;
        _kind = kind;
        Set(SocketOption.Linger, LingerMilliseconds);
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, MaximumFrame);
        Set(SocketOption.MaximumFrame, bytes);
    }

    /// <summary>Waits for peers at an address.</summary>
    /// <param name="endpoint">Such as `tcp://127.0.0.1:5555` or `ipc:///tmp/name`.</param>
    /// <exception cref="ZeroMqException">The address is taken, or is none of this machine's.</exception>
    public void Bind(string endpoint) => Check(LibZmq.Bind(_handle, endpoint), $"cannot listen at {endpoint}");

    /// <summary>Talks to a peer at an address, now or when it appears.</summary>
    public void Connect(string endpoint) => Check(LibZmq.Connect(_handle, endpoint), $"cannot connect to {endpoint}");

    /// <summary>Sets an option that is a number.</summary>
    public void Set(SocketOption option, int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Set(option, bytes);
    }

    /// <summary>Sets an option that is a string of bytes.</summary>
    public void Set(SocketOption option, ReadOnlySpan<byte> value) =>
        Check(LibZmq.SetOption(_handle, option, value, (nuint)value.Length), $"option {option} of a {_kind} socket");

    /// <summary>Sends a message without waiting.</summary>
    /// <param name="frames">Its frames.</param>
    /// <returns>False where the peer takes no more and the message was dropped.</returns>
    /// <exception cref="ZeroMqException">The context is being closed.</exception>
    public bool Send(IReadOnlyList<byte[]> frames)
    {
        for (int i = 0; i < frames.Count; i++)
        {
            TransferFlags flags = TransferFlags.DontWait | (i + 1 < frames.Count ? TransferFlags.More : TransferFlags.None);
            while (LibZmq.Send(_handle, frames[i], (nuint)frames[i].Length, flags) < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error == ZeroMqException.Interrupted) continue;
                if (error == ZeroMqException.TryAgain) return false;
                throw ZeroMqException.Last($"cannot send on a {_kind} socket");
            }
        }

        return true;
    }

    /// <summary>Receives a message if one has arrived whole.</summary>
    /// <param name="frames">Its frames; empty where it had more than <see cref="MaximumFrames"/>.</param>
    /// <returns>False where none has arrived.</returns>
    /// <exception cref="ZeroMqException">The context is being closed.</exception>
    public bool TryReceive(out IReadOnlyList<byte[]> frames)
    {
        var received = new List<byte[]>();
        frames = received;
        bool more = true;
        for (int count = 0; more; count++)
        {
            if (!TryReceiveFrame(keep: count < MaximumFrames, out byte[] frame, out more)) return false;
            if (count < MaximumFrames) received.Add(frame);
            else if (!more) received.Clear();
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _handle.Dispose();

    /// <summary>Runs an action with the address that polling needs.</summary>
    internal nint Borrow(ref bool borrowed)
    {
        _handle.DangerousAddRef(ref borrowed);
        return _handle.DangerousGetHandle();
    }

    /// <summary>Ends what <see cref="Borrow"/> began.</summary>
    internal void Return() => _handle.DangerousRelease();

    private unsafe bool TryReceiveFrame(bool keep, out byte[] bytes, out bool more)
    {
        (bytes, more) = ([], false);
        NativeFrame frame = default;
        LibZmq.InitFrame(ref frame);
        try
        {
            while (LibZmq.ReceiveFrame(ref frame, _handle, TransferFlags.DontWait) < 0)
            {
                int error = Marshal.GetLastPInvokeError();
                if (error == ZeroMqException.Interrupted) continue;
                if (error == ZeroMqException.TryAgain) return false;
                throw ZeroMqException.Last($"cannot receive on a {_kind} socket");
            }

            if (keep) bytes = new ReadOnlySpan<byte>(LibZmq.FrameData(ref frame), (int)LibZmq.FrameSize(ref frame)).ToArray();
            more = LibZmq.FrameHasMore(ref frame) != 0;
            return true;
        }
        finally
        {
            LibZmq.CloseFrame(ref frame);
        }
    }

    private static void Check(int result, string what)
    {
        if (result < 0) throw ZeroMqException.Last(what);
    }
}
