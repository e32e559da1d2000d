namespace SegLstm.Torch.Native;

/// <summary>Counts the bytes that C# holds in libtorch, and collects forgotten tensors before they fill the machine.</summary>
/// <remarks>
/// The collector sees a forgotten tensor as a hundred bytes. <see cref="GC.AddMemoryPressure"/> would tell it of the rest, but it
/// counts what was allocated, not what lives: code that disposes every tensor at once would pay for full collections all the same
/// (measured: 17 a training step). Here the youngest generation is collected every few thousand tensors, which keeps the managed
/// heap small and finds most of what was forgotten, and all of it only when the living bytes have doubled (or grown by 2 GiB) since the last time.
/// </remarks>
internal static class HeldMemory
{
    private const long LeastRoom = 256L << 20;
    private const long MostRoom = 2L << 30;

    // About a megabyte of managed objects: a collection of it costs tens of nanoseconds a tensor.
    private const int TensorsBetweenYoungCollections = 8192;

    private static long _living;
    private static int _created;
    private static long _limit = LeastRoom;
    private static int _collecting;

    /// <summary>The bytes of all tensors that C# holds and that share their memory with no other.</summary>
    internal static long Living => Interlocked.Read(ref _living);

    internal static void Created()
    {
        if (Interlocked.Increment(ref _created) % TensorsBetweenYoungCollections == 0) GC.Collect(0);
    }

    internal static void Add(long bytes)
    {
        if (Interlocked.Add(ref _living, bytes) > Volatile.Read(ref _limit)) Collect();
    }

    internal static void Remove(long bytes) => Interlocked.Add(ref _living, -bytes);

    private static void Collect()
    {
        if (Interlocked.Exchange(ref _collecting, 1) == 1) return;
        try
        {
            GC.Collect();
            // A finalizer that makes a tensor must not wait for itself.
            if (Thread.CurrentThread.Name != ".NET Finalizer") GC.WaitForPendingFinalizers();
            Volatile.Write(ref _limit, Living + Math.Clamp(Living, LeastRoom, MostRoom));
        }
        finally
        {
            Volatile.Write(ref _collecting, 0);
        }
    }
}
