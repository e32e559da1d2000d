using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>One reference to a tensor of libtorch. The finalizer helps those who forget; the collector is told of the bytes.</summary>
internal sealed class TensorHandle : SafeHandle
{
    // Below this size the book-keeping would cost more than it helps.
    private const long PressureThreshold = 1024;

    private static long _liveCount;
    private static long _peakCount;

    private readonly long _pressure;

    internal TensorHandle(nint tensor, long bytes) : base(nint.Zero, ownsHandle: true)
    {
        SetHandle(tensor);
        long live = Interlocked.Increment(ref _liveCount);
        if (live > Volatile.Read(ref _peakCount)) Volatile.Write(ref _peakCount, live);
        if (bytes >= PressureThreshold)
        {
            _pressure = bytes;
            GC.AddMemoryPressure(bytes);
        }
    }

    internal static long LiveCount => Interlocked.Read(ref _liveCount);

    internal static long PeakCount => Interlocked.Read(ref _peakCount);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle()
    {
        bool freed = Door.TensorFree(handle) == DoorStatus.Ok;
        Interlocked.Decrement(ref _liveCount);
        if (_pressure > 0) GC.RemoveMemoryPressure(_pressure);
        return freed;
    }
}
