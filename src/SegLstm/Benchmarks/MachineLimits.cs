using System.Runtime.Intrinsics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Benchmarks;

/// <summary>The fastest that this machine was seen to multiply, to exponentiate and to copy on a number of threads: what
/// benchmarks are compared with.</summary>
/// <param name="Threads">Threads.</param>
/// <param name="VectorBits">Bits of the vectors.</param>
/// <param name="GigaFlops">Float32 multiply-adds in registers, in 10⁹ a second; a multiply-add counts two.</param>
/// <param name="NanosecondsPerExp">What one exp2 of a float32 takes with the polynomial of the kernels, from one piece of the
/// first-level cache to another, all threads together.</param>
/// <param name="Copies">How fast amounts of memory are copied, the least first.</param>
public sealed record MachineLimits(
    int Threads, int VectorBits, double GigaFlops, double NanosecondsPerExp, IReadOnlyList<CopyLimit> Copies)
{
    private const int Rounds = 60;

    // The first wakes the threads.
    private const int GlanceRounds = 2;

    /// <summary>Measures for about half a second.</summary>
    /// <param name="threads">Threads.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than one thread.</exception>
    public static MachineLimits Measure(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        var copies = CopyProbe.Measure(threads);
        var (flops, exp) = Probe(threads, Rounds);
        return new MachineLimits(threads, (int)LaneWidths.Widest, flops, exp, copies);
    }

    /// <summary>The shortest time in which so many bytes are read and written.</summary>
    public double CopyNanoseconds(double bytes) =>
        bytes / (Copies.FirstOrDefault(copy => copy.Bytes >= bytes) ?? Copies[^1]).GigabytesPerSecond;

    /// <summary>The better of two measurements in each respect: other work on the machine only ever makes it look
    /// slower.</summary>
    public MachineLimits BetterOf(MachineLimits other) => this with
    {
        GigaFlops = Math.Max(GigaFlops, other.GigaFlops),
        NanosecondsPerExp = Math.Min(NanosecondsPerExp, other.NanosecondsPerExp),
        Copies =
        [
            .. Copies.Zip(other.Copies, (a, b) => a.GigabytesPerSecond > b.GigabytesPerSecond ? a : b),
        ],
    };

    /// <summary>The better of these and of what the vectors do in the next five milliseconds. Copies are left out: they would
    /// sweep out of the caches what is measured beside them.</summary>
    internal MachineLimits BetterOfNow()
    {
        var (flops, exp) = Probe(Threads, GlanceRounds);
        return BetterOf(this with { GigaFlops = flops, NanosecondsPerExp = exp });
    }

    private static (double GigaFlops, double NanosecondsPerExp) Probe(int threads, int rounds) => LaneWidths.Widest switch
    {
        LaneWidth.Bits512 => VectorProbes<Lanes512<float>, Vector512<float>>.Measure(threads, rounds),
        LaneWidth.Bits256 => VectorProbes<Lanes256<float>, Vector256<float>>.Measure(threads, rounds),
        _ => VectorProbes<Lanes128<float>, Vector128<float>>.Measure(threads, rounds),
    };
}
