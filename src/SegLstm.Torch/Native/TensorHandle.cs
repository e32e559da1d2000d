using System.Runtime.InteropServices;

namespace SegLstm.Torch.Native;

/// <summary>One reference to a tensor of libtorch. The finalizer helps those who forget.</summary>
internal sealed class TensorHandle : SafeHandle
{
    private static long _liveCount;
    private static long _peakCount;

    private readonly long _bytes;

    internal TensorHandle(nint tensor, long bytes) : base(nint.Zero, ownsHandle: true)
    {
        SetHandle(tensor);
        long live = Interlocked.Increment(ref _liveCount);
        if (live > Volatile.Read(ref _peakCount)) Volatile.Write(ref _peakCount, live);
        HeldMemory.Created();
        if (bytes <= 0) return;
        _bytes = bytes;
        HeldMemory.Add(bytes);
    }

    internal static long LiveCount => Interlocked.Read(ref _liveCount);

    internal static long PeakCount => Interlocked.Read(ref _peakCount);

    public override bool IsInvalid => handle == nint.Zero;

    protected override bool ReleaseHandle()
    {
        bool freed = Door.TensorFree(handle) == DoorStatus.Ok;
        Interlocked.Decrement(ref _liveCount);
        if (_bytes > 0) HeldMemory.Remove(_bytes);
        return freed;
    }
}
