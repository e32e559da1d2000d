using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SegLstm.Kernels.Simd;

/// <summary>Vectors of one element, for what is left over behind whole vectors.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal readonly unsafe struct SingleLane<T> : ILanes<Vector128<T>, T>
    where T : unmanaged
{
    public static int Count => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.CreateScalar(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<T> x, T* target) => *target = x.ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T value) => Lanes128<T>.Broadcast(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => Lanes128<T>.Add(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Subtract(Vector128<T> x, Vector128<T> y) => Lanes128<T>.Subtract(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Multiply(Vector128<T> x, Vector128<T> y) => Lanes128<T>.Multiply(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Divide(Vector128<T> x, Vector128<T> y) => Lanes128<T>.Divide(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Quotient(Vector128<T> x, Vector128<T> y) => Lanes128<T>.Quotient(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> z) => Lanes128<T>.MultiplyAdd(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtLeast(Vector128<T> least, Vector128<T> x) => Lanes128<T>.AtLeast(least, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Abs(Vector128<T> x) => Lanes128<T>.Abs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> WhereGreater(Vector128<T> x, Vector128<T> y, Vector128<T> yes, Vector128<T> no) =>
        Lanes128<T>.WhereGreater(x, y, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fraction(Vector128<T> x, out Vector128<T> integer) => Lanes128<T>.Fraction(x, out integer);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Scale(Vector128<T> x, Vector128<T> integer) => Lanes128<T>.Scale(x, integer);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Spread(Vector128<T> x, int place) =>
        throw new NotSupportedException("Expected vectors of four numbers or more, got one.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplySubtract(Vector128<T> x, Vector128<T> y, Vector128<T> z) =>
        Lanes128<T>.MultiplySubtract(x, y, z);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AtMost(Vector128<T> most, Vector128<T> x) => Lanes128<T>.AtMost(most, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MinusAbs(Vector128<T> x) => Lanes128<T>.MinusAbs(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Vector128<T> x, Vector128<T> y) =>
        typeof(T) == typeof(float)
            ? x.AsSingle().ToScalar() > y.AsSingle().ToScalar()
            : x.AsDouble().ToScalar() > y.AsDouble().ToScalar();

    public static bool FractionsFromZero => Lanes128<T>.FractionsFromZero;

    public static T FractionShift
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Lanes128<T>.FractionShift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Fraction(Vector128<T> x, Vector128<T> y, Vector128<T> shift, out Vector128<T> integer) =>
        Lanes128<T>.Fraction(x, y, shift, out integer);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Round(Vector128<T> x, Vector128<T> y, out Vector128<T> integer) =>
        Lanes128<T>.Round(x, y, out integer);
}
