using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>Wakes a thread that polls sockets: Linux' eventfd, which polling watches beside them.</summary>
internal sealed partial class WakeSignal : IDisposable
{
    private const int NonBlocking = 0x800, CloseOnExec = 0x80000;

    private readonly SafeFileHandle _event;

    public WakeSignal()
    {
        _event = NewEvent(0, NonBlocking | CloseOnExec);
        if (_event.IsInvalid) throw new IOException($"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    /// <summary>The file descriptor to poll.</summary>
    internal int Descriptor => (int)_event.DangerousGetHandle();

    /// <summary>Wakes the thread, now or when it polls next.</summary>
    public void Set()
    {
        try
        {
            ulong one = 1;
            Write(_event, ref one, sizeof(ulong));
        }
        catch (ObjectDisposedException)
        {
            // The thread that was to wake has ended.
        }
    }

    /// <summary>Forgets the wakes so far.</summary>
    public void Reset()
    {
        ulong count = 0;
        Read(_event, ref count, sizeof(ulong));
    }

    /// <inheritdoc/>
    public void Dispose() => _event.Dispose();

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial SafeFileHandle NewEvent(uint value, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, ref ulong value, nuint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, ref ulong value, nuint length);
}
