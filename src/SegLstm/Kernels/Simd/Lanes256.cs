using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegLstm.Kernels.Simd;

/// <summary>Vectors of 256 bits: AVX2.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Lanes256<T> : ILanes<Vector256<T>, T>
    where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<T> x, T* target) => x.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Subtract(Vector256<T> x, Vector256<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Multiply(Vector256<T> x, Vector256<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Divide(Vector256<T> x, Vector256<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Quotient(Vector256<T> x, Vector256<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> z) => typeof(T) == typeof(float)
        ? Vector256.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector256.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplySubtract(Vector256<T> x, Vector256<T> y, Vector256<T> z) =>
        !Fma.IsSupported ? MultiplyAdd(x, y, -z)
        : typeof(T) == typeof(float) ? Fma.MultiplySubtract(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Fma.MultiplySubtract(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtLeast(Vector256<T> least, Vector256<T> x) => Vector256.MaxNative(least, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AtMost(Vector256<T> most, Vector256<T> x) => Vector256.MinNative(most, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Abs(Vector256<T> x) => Vector256.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MinusAbs(Vector256<T> x) => x | Vector256.Create(Number<T>.Of(-0.0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector256<T> x, Vector256<T> y) => Vector256.GreaterThanAny(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> WhereGreater(Vector256<T> x, Vector256<T> y, Vector256<T> yes, Vector256<T> no) =>
        Vector256.ConditionalSelect(Vector256.GreaterThan(x, y), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fraction(Vector256<T> x, out Vector256<T> integer)
    {
        var rounding = Vector256.Create(Number<T>.Rounding);
        x = Vector256.MinNative(Vector256.Create(Number<T>.HighestPower), x);
        integer = x + rounding;
        return x - (integer - rounding);
    }

    public static bool FractionsFromZero => false;

    public static T FractionShift
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Number<T>.Rounding;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Fraction(Vector256<T> x, Vector256<T> y, Vector256<T> shift, out Vector256<T> integer)
    {
        integer = MultiplyAdd(x, y, shift);
        return MultiplySubtract(x, y, integer - shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Round(Vector256<T> x, Vector256<T> y, out Vector256<T> integer)
    {
        var rounding = Vector256.Create(Number<T>.Rounding);
        var sum = MultiplyAdd(x, y, rounding);
        var whole = sum - rounding;
        integer = sum;
        return whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Scale(Vector256<T> x, Vector256<T> integer)
    {
        return typeof(T) == typeof(float)
            ? (x.AsInt32() + (integer.AsInt32() << 23)).As<int, T>()
            : (x.AsInt64() + (integer.AsInt64() << 52)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Spread(Vector256<T> x, int place) => typeof(T) == typeof(float)
        ? Vector256.ShuffleNative(x.AsSingle(), place switch
        {
            0 => Vector256.Create(0, 0, 0, 0, 4, 4, 4, 4),
            1 => Vector256.Create(1, 1, 1, 1, 5, 5, 5, 5),
            2 => Vector256.Create(2, 2, 2, 2, 6, 6, 6, 6),
            _ => Vector256.Create(3, 3, 3, 3, 7, 7, 7, 7),
        }).As<float, T>()
        : Vector256.ShuffleNative(x.AsDouble(), place switch
        {
            0 => Vector256.Create(0L, 0, 0, 0),
            1 => Vector256.Create(1L, 1, 1, 1),
            2 => Vector256.Create(2L, 2, 2, 2),
            _ => Vector256.Create(3L, 3, 3, 3),
        }).As<double, T>();
}
