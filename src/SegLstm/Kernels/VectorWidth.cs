using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels;

/// <summary>The vectors that the kernels on the CPU compute with.</summary>
public static class VectorWidth
{
    private static volatile int bits = (int)LaneWidths.OfMachine;

    /// <summary>Those that this machine has, the narrowest first: some of 128, 256 and 512 bits.</summary>
    public static IReadOnlyList<int> Available =>
        [.. Enum.GetValues<LaneWidth>().Where(width => width <= LaneWidths.OfMachine).Select(width => (int)width).Order()];

    /// <summary>Bits of the vectors that kernels and <see cref="Benchmarks.MachineLimits"/> take from now on, in the whole
    /// process. At first the widest: narrower ones are for measurements. Sums of other vectors may round otherwise.</summary>
    /// <exception cref="ArgumentOutOfRangeException">This machine has no such vectors.</exception>
    public static int Bits
    {
        get => bits;
        set => bits = Available.Contains(value) ? value : throw new ArgumentOutOfRangeException(
            nameof(value), $"Expected one of {string.Join(", ", Available)} bits, the vectors of this machine; got {value}.");
    }
}
