using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Text;

namespace SegLstm.Torch.Native;

/// <summary>Turns a status of the door into a .NET exception.</summary>
internal static unsafe class DoorErrors
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(this DoorStatus status)
    {
        if (status != DoorStatus.Ok) Throw(status);
    }

    private static void Throw(DoorStatus status)
    {
        Door.LastError(out byte* text, out int length, out long token);
        if (status == DoorStatus.ManagedError && Take(token) is { } thrown) ExceptionDispatchInfo.Throw(thrown);
        string message = Encoding.UTF8.GetString(text, length).TrimEnd();
        throw status switch
        {
            DoorStatus.BadArgument => new ArgumentException(message),
            DoorStatus.OutOfMemory => new OutOfMemoryException("libtorch: " + message),
            _ => new ExternalException(message),
        };
    }

    /// <summary>Keeps an exception while it travels through libtorch; the token finds it again.</summary>
    internal static long Keep(Exception error) => (long)GCHandle.ToIntPtr(GCHandle.Alloc(error));

    private static Exception? Take(long token)
    {
        if (token == 0) return null;
        var handle = GCHandle.FromIntPtr((nint)token);
        var error = handle.Target as Exception;
        handle.Free();
        return error;
    }
}
