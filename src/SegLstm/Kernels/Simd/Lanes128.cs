using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SegLstm.Kernels.Simd;

/// <summary>Vectors of 128 bits: SSE, NEON.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct Lanes128<T> : ILanes<Vector128<T>, T>
    where T : unmanaged
{
    public static int Count => Vector128<T>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> x, T* target) => x.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> x, Vector128<T> y) => x - y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => x * y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> x, Vector128<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Quotient(Vector128<T> x, Vector128<T> y) => x / y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z) => typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplySubtract(Vector128<T> x, Vector128<T> y, Vector128<T> z) =>
        !Fma.IsSupported ? MultiplyAdd(x, y, -z)
        : typeof(T) == typeof(float) ? Fma.MultiplySubtract(x.AsSingle(), y.AsSingle(), z.AsSingle()).As<float, T>()
        : Fma.MultiplySubtract(x.AsDouble(), y.AsDouble(), z.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtLeast(Vector128<T> least, Vector128<T> x) => Vector128.MaxNative(least, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtMost(Vector128<T> most, Vector128<T> x) => Vector128.MinNative(most, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> x) => Vector128.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MinusAbs(Vector128<T> x) => x | Vector128.Create(Number<T>.Of(-0.0));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector128<T> x, Vector128<T> y) => Vector128.GreaterThanAny(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> WhereGreater(Vector128<T> x, Vector128<T> y, Vector128<T> yes, Vector128<T> no) =>
        Vector128.ConditionalSelect(Vector128.GreaterThan(x, y), yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fraction(Vector128<T> x, out Vector128<T> integer)
    {
        var rounding = Vector128.Create(Number<T>.Rounding);
        x = Vector128.MinNative(Vector128.Create(Number<T>.HighestPower), x);
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
    public static Vector128<T> Fraction(Vector128<T> x, Vector128<T> y, Vector128<T> shift, out Vector128<T> integer)
    {
        integer = MultiplyAdd(x, y, shift);
        return MultiplySubtract(x, y, integer - shift);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Round(Vector128<T> x, Vector128<T> y, out Vector128<T> integer)
    {
        var rounding = Vector128.Create(Number<T>.Rounding);
        var sum = MultiplyAdd(x, y, rounding);
        var whole = sum - rounding;
        integer = sum;
        return whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Scale(Vector128<T> x, Vector128<T> integer)
    {
        return typeof(T) == typeof(float)
            ? (x.AsInt32() + (integer.AsInt32() << 23)).As<int, T>()
            : (x.AsInt64() + (integer.AsInt64() << 52)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Spread(Vector128<T> x, int place) => typeof(T) == typeof(float)
        ? Vector128.ShuffleNative(x.AsSingle(), place switch
        {
            0 => Vector128.Create(0, 0, 0, 0),
            1 => Vector128.Create(1, 1, 1, 1),
            2 => Vector128.Create(2, 2, 2, 2),
            _ => Vector128.Create(3, 3, 3, 3),
        }).As<float, T>()
        : throw new NotSupportedException("Expected vectors of four numbers or more, got two.");
}
