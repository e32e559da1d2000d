using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegLstm.Kernels.Simd;

/// <summary>Vectors of 512 bits: AVX-512, whose own operators split and scale numbers.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Lanes512<T> : ILanes<Vector512<T>, T>
    where T : unmanaged
{
    public static int Count => Vector512<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<T> x, T* target) => x.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Subtract(Vector512<T> x, Vector512<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Multiply(Vector512<T> x, Vector512<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Divide(Vector512<T> x, Vector512<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Quotient(Vector512<T> x, Vector512<T> y)
    {
        if (!Avx512F.IsSupported || typeof(T) != typeof(float))
        {
            return x / y;
        }

        // 14 bits of the reciprocal, and a step of Newton's: 28.
        var estimate = Avx512F.Reciprocal14(y.AsSingle());
        var left = Avx512F.FusedMultiplyAddNegated(y.AsSingle(), estimate, Vector512<float>.One);
        return x * Avx512F.FusedMultiplyAdd(estimate, left, estimate).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> z) => typeof(T) == typeof(float)
        ? Vector512.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector512.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplySubtract(Vector512<T> x, Vector512<T> y, Vector512<T> z) =>
        !Avx512F.IsSupported ? MultiplyAdd(x, y, -z)
        : typeof(T) == typeof(float) ? Avx512F.FusedMultiplySubtract(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Avx512F.FusedMultiplySubtract(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtLeast(Vector512<T> least, Vector512<T> x) => Vector512.MaxNative(least, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AtMost(Vector512<T> most, Vector512<T> x) => Vector512.MinNative(most, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Abs(Vector512<T> x) => Vector512.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MinusAbs(Vector512<T> x) => x | Vector512.Create(Number<T>.Of(-0.0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector512<T> x, Vector512<T> y) => Vector512.GreaterThanAny(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> WhereGreater(Vector512<T> x, Vector512<T> y, Vector512<T> yes, Vector512<T> no) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, y), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fraction(Vector512<T> x, out Vector512<T> integer)
    {
        if (Avx512DQ.IsSupported)
        {
            // Bits 4 to 7: no bits after the point; bit 3: no exceptions; bits 0 and 1: to the nearest.
            var fraction = typeof(T) == typeof(float)
                ? Avx512DQ.Reduce(x.AsSingle(), 8).As<float, T>()
                : Avx512DQ.Reduce(x.AsDouble(), 8).As<double, T>();
            integer = x - fraction;
            return fraction;
        }

        var rounding = Vector512.Create(Number<T>.Rounding);
        x = Vector512.MinNative(Vector512.Create(Number<T>.HighestPower), x);
        integer = x + rounding;
        return x - (integer - rounding);
    }

    public static bool FractionsFromZero => Avx512DQ.IsSupported;

    public static T FractionShift
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => FractionsFromZero ? Number<T>.Of(0.5) : Number<T>.Rounding;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Fraction(Vector512<T> x, Vector512<T> y, Vector512<T> shift, out Vector512<T> integer)
    {
        integer = MultiplyAdd(x, y, shift);
        if (!Avx512DQ.IsSupported)
        {
            return MultiplySubtract(x, y, integer - shift);
        }

        // Bits 4 to 7: no bits after the point; bit 3: no exceptions; bits 0 and 1: down. Scaling rounds down, too.
        return typeof(T) == typeof(float)
            ? Avx512DQ.Reduce(integer.AsSingle(), 9).As<float, T>()
            : Avx512DQ.Reduce(integer.AsDouble(), 9).As<double, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Round(Vector512<T> x, Vector512<T> y, out Vector512<T> integer)
    {
        var rounding = Vector512.Create(Number<T>.Rounding);
        var sum = MultiplyAdd(x, y, rounding);
        var whole = sum - rounding;
        integer = Avx512DQ.IsSupported ? whole : sum;
        return whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Scale(Vector512<T> x, Vector512<T> integer)
    {
        if (Avx512DQ.IsSupported)
        {
            return typeof(T) == typeof(float)
                ? Avx512F.Scale(x.AsSingle(), integer.AsSingle()).As<float, T>()
                : Avx512F.Scale(x.AsDouble(), integer.AsDouble()).As<double, T>();
        }

        return typeof(T) == typeof(float)
            ? (x.AsInt32() + (integer.AsInt32() << 23)).As<int, T>()
            : (x.AsInt64() + (integer.AsInt64() << 52)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Spread(Vector512<T> x, int place) => typeof(T) == typeof(float)
        ? Vector512.ShuffleNative(x.AsSingle(), place switch
        {
            0 => Vector512.Create(0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12),
            1 => Vector512.Create(1, 1, 1, 1, 5, 5, 5, 5, 9, 9, 9, 9, 13, 13, 13, 13),
            2 => Vector512.Create(2, 2, 2, 2, 6, 6, 6, 6, 10, 10, 10, 10, 14, 14, 14, 14),
            _ => Vector512.Create(3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15),
        }).As<float, T>()
        : Vector512.ShuffleNative(x.AsDouble(), place switch
        {
            0 => Vector512.Create(0L, 0, 0, 0, 4, 4, 4, 4),
            1 => Vector512.Create(1L, 1, 1, 1, 5, 5, 5, 5),
            2 => Vector512.Create(2L, 2, 2, 2, 6, 6, 6, 6),
            _ => Vector512.Create(3L, 3, 3, 3, 7, 7, 7, 7),
        }).As<double, T>();
}
