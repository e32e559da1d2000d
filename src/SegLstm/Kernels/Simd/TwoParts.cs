using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegLstm.Kernels.Simd;

/// <summary>Float64 numbers as two of the element type: what rounding makes of them, and what it takes.</summary>
internal static unsafe class TwoParts<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The parts of <c>factor·x + term</c>.</summary>
    /// <param name="count">Numbers.</param>
    /// <param name="x">The numbers, below the largest of the element type.</param>
    /// <param name="factor">1 or -1.</param>
    /// <param name="term">Added to each.</param>
    /// <param name="high">What rounding makes of them.</param>
    /// <param name="low">What it takes, rounded.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfSums(int count, double* x, double factor, double term, T* high, T* low)
    {
        var n = 0;
        if (typeof(T) == typeof(float))
        {
            var (factors, terms) = (Vector512.Create(factor), Vector512.Create(term));
            for (; n <= count - Vector512<float>.Count; n += Vector512<float>.Count)
            {
                var first = (Vector512.Load(x + n) * factors) + terms;
                var second = (Vector512.Load(x + n + Vector512<double>.Count) * factors) + terms;
                var rounded = Vector512.Narrow(first, second);
                rounded.Store((float*)high + n);
                var (firstRounded, secondRounded) = Vector512.Widen(rounded);
                Vector512.Narrow(first - firstRounded, second - secondRounded).Store((float*)low + n);
            }
        }

        for (; n < count; n++)
        {
            var number = (x[n] * factor) + term;
            high[n] = T.CreateTruncating(number);
            low[n] = T.CreateTruncating(number - double.CreateTruncating(high[n]));
        }
    }
}
