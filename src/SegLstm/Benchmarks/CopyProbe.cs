using System.Runtime.InteropServices;

namespace SegLstm.Benchmarks;

/// <summary>Copies amounts of memory that stay in the second-level cache, in the third, and in neither.</summary>
internal static unsafe class CopyProbe
{
    private const int Rounds = 6;

    // A page: threads share none.
    private const int Alignment = 4096;

    // Small amounts are copied again and again: a round must be long beside waking threads.
    private const long LeastBytesARound = 32L << 20;

    private static readonly long[] Amounts = [1L << 20, 16L << 20, 128L << 20];

    /// <summary>How fast each amount is copied.</summary>
    /// <param name="threads">Threads, each of which copies its part.</param>
    public static IReadOnlyList<CopyLimit> Measure(int threads) =>
        [.. Amounts.Select(bytes => new CopyLimit(bytes, GigabytesPerSecond(threads, bytes)))];

    private static double GigabytesPerSecond(int threads, long bytes)
    {
        var part = Math.Max(bytes / (2 * threads) / Alignment, 1) * Alignment;
        var size = 2 * part * threads;
        var memory = (byte*)NativeMemory.AlignedAlloc((nuint)size, Alignment);
        try
        {
            // Pages that were never written are all one page of zeros.
            NativeMemory.Fill(memory, (nuint)size, 1);
            var times = Math.Max(LeastBytesARound / size, 1);
            return times * size / ParallelTime.Fastest(threads, Rounds, thread =>
            {
                var own = memory + (2 * part * thread);
                for (var time = 0; time < times; time++)
                {
                    Buffer.MemoryCopy(own, own + part, part, part);
                }
            });
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
