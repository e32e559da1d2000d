using System.Runtime.CompilerServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Four vectors, one after the other in memory, as one of four times the lanes.</summary>
/// <remarks>What is computed with them comes in turns, step by step: where one vector waits for its last step, the others
/// do theirs. The processor sees only so far ahead and would not find as much to do in four computations one after the other.
/// </remarks>
internal readonly unsafe struct FourLanes<TLanes, TVector, T> : ILanes<Four<TVector>, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    public static int Count => 4 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Load(T* source) => new(
        TLanes.Load(source), TLanes.Load(source + TLanes.Count), TLanes.Load(source + (2 * TLanes.Count)),
        TLanes.Load(source + (3 * TLanes.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Four<TVector> x, T* target)
    {
        TLanes.Store(x.A, target);
        TLanes.Store(x.B, target + TLanes.Count);
        TLanes.Store(x.C, target + (2 * TLanes.Count));
        TLanes.Store(x.D, target + (3 * TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Broadcast(T value)
    {
        var x = TLanes.Broadcast(value);
        return new(x, x, x, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Add(Four<TVector> x, Four<TVector> y) =>
        new(TLanes.Add(x.A, y.A), TLanes.Add(x.B, y.B), TLanes.Add(x.C, y.C), TLanes.Add(x.D, y.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Subtract(Four<TVector> x, Four<TVector> y) =>
        new(TLanes.Subtract(x.A, y.A), TLanes.Subtract(x.B, y.B), TLanes.Subtract(x.C, y.C), TLanes.Subtract(x.D, y.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Multiply(Four<TVector> x, Four<TVector> y) =>
        new(TLanes.Multiply(x.A, y.A), TLanes.Multiply(x.B, y.B), TLanes.Multiply(x.C, y.C), TLanes.Multiply(x.D, y.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Divide(Four<TVector> x, Four<TVector> y) =>
        new(TLanes.Divide(x.A, y.A), TLanes.Divide(x.B, y.B), TLanes.Divide(x.C, y.C), TLanes.Divide(x.D, y.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Quotient(Four<TVector> x, Four<TVector> y) => new(
        TLanes.Quotient(x.A, y.A), TLanes.Quotient(x.B, y.B), TLanes.Quotient(x.C, y.C), TLanes.Quotient(x.D, y.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> MultiplyAdd(Four<TVector> x, Four<TVector> y, Four<TVector> z) => new(
        TLanes.MultiplyAdd(x.A, y.A, z.A), TLanes.MultiplyAdd(x.B, y.B, z.B), TLanes.MultiplyAdd(x.C, y.C, z.C),
        TLanes.MultiplyAdd(x.D, y.D, z.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> MultiplySubtract(Four<TVector> x, Four<TVector> y, Four<TVector> z) => new(
        TLanes.MultiplySubtract(x.A, y.A, z.A), TLanes.MultiplySubtract(x.B, y.B, z.B), TLanes.MultiplySubtract(x.C, y.C, z.C),
        TLanes.MultiplySubtract(x.D, y.D, z.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> AtLeast(Four<TVector> least, Four<TVector> x) => new(
        TLanes.AtLeast(least.A, x.A), TLanes.AtLeast(least.B, x.B), TLanes.AtLeast(least.C, x.C), TLanes.AtLeast(least.D, x.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> AtMost(Four<TVector> most, Four<TVector> x) => new(
        TLanes.AtMost(most.A, x.A), TLanes.AtMost(most.B, x.B), TLanes.AtMost(most.C, x.C), TLanes.AtMost(most.D, x.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Abs(Four<TVector> x) => new(TLanes.Abs(x.A), TLanes.Abs(x.B), TLanes.Abs(x.C), TLanes.Abs(x.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> MinusAbs(Four<TVector> x) =>
        new(TLanes.MinusAbs(x.A), TLanes.MinusAbs(x.B), TLanes.MinusAbs(x.C), TLanes.MinusAbs(x.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AnyGreater(Four<TVector> x, Four<TVector> y) =>
        TLanes.AnyGreater(x.A, y.A) || TLanes.AnyGreater(x.B, y.B) || TLanes.AnyGreater(x.C, y.C) || TLanes.AnyGreater(x.D, y.D);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> WhereGreater(Four<TVector> x, Four<TVector> y, Four<TVector> yes, Four<TVector> no) => new(
        TLanes.WhereGreater(x.A, y.A, yes.A, no.A), TLanes.WhereGreater(x.B, y.B, yes.B, no.B),
        TLanes.WhereGreater(x.C, y.C, yes.C, no.C), TLanes.WhereGreater(x.D, y.D, yes.D, no.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Fraction(Four<TVector> x, out Four<TVector> integer)
    {
        var fraction = new Four<TVector>(
            TLanes.Fraction(x.A, out var a), TLanes.Fraction(x.B, out var b), TLanes.Fraction(x.C, out var c),
            TLanes.Fraction(x.D, out var d));
        integer = new(a, b, c, d);
        return fraction;
    }

    public static bool FractionsFromZero => TLanes.FractionsFromZero;

    public static T FractionShift
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TLanes.FractionShift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Fraction(
        Four<TVector> x, Four<TVector> y, Four<TVector> shift, out Four<TVector> integer)
    {
        var fraction = new Four<TVector>(
            TLanes.Fraction(x.A, y.A, shift.A, out var a), TLanes.Fraction(x.B, y.B, shift.B, out var b),
            TLanes.Fraction(x.C, y.C, shift.C, out var c), TLanes.Fraction(x.D, y.D, shift.D, out var d));
        integer = new(a, b, c, d);
        return fraction;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Round(Four<TVector> x, Four<TVector> y, out Four<TVector> integer)
    {
        var whole = new Four<TVector>(
            TLanes.Round(x.A, y.A, out var a), TLanes.Round(x.B, y.B, out var b), TLanes.Round(x.C, y.C, out var c),
            TLanes.Round(x.D, y.D, out var d));
        integer = new(a, b, c, d);
        return whole;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Scale(Four<TVector> x, Four<TVector> integer) => new(
        TLanes.Scale(x.A, integer.A), TLanes.Scale(x.B, integer.B), TLanes.Scale(x.C, integer.C), TLanes.Scale(x.D, integer.D));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TVector> Spread(Four<TVector> x, int place) => new(
        TLanes.Spread(x.A, place), TLanes.Spread(x.B, place), TLanes.Spread(x.C, place), TLanes.Spread(x.D, place));
}
