namespace SegLstm.Kernels.Simd;

/// <summary>Arithmetic on vectors of one width and element type. A kernel written over it is compiled once for each.</summary>
/// <typeparam name="TVector">The vector.</typeparam>
/// <typeparam name="T">The element: <see cref="float"/> or <see cref="double"/>.</typeparam>
/// <remarks>Every width runs on every machine: what the machine lacks is made of narrower vectors.</remarks>
internal unsafe interface ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>Elements of a vector.</summary>
    static abstract int Count { get; }

    /// <summary>Reads a vector.</summary>
    static abstract TVector Load(T* source);

    /// <summary>Writes a vector.</summary>
    static abstract void Store(TVector x, T* target);

    /// <summary>One number in all lanes.</summary>
    static abstract TVector Broadcast(T value);

    /// <summary>x + y.</summary>
    static abstract TVector Add(TVector x, TVector y);

    /// <summary>x - y.</summary>
    static abstract TVector Subtract(TVector x, TVector y);

    /// <summary>x · y.</summary>
    static abstract TVector Multiply(TVector x, TVector y);

    /// <summary>x / y.</summary>
    static abstract TVector Divide(TVector x, TVector y);

    /// <summary>x / y for y from 1 to 2^126, perhaps another rounding off: a division keeps a wide unit busy for as long as a
    /// whole polynomial.</summary>
    static abstract TVector Quotient(TVector x, TVector y);

    /// <summary>x · y + z, rounded once where the machine can.</summary>
    static abstract TVector MultiplyAdd(TVector x, TVector y, TVector z);

    /// <summary>x · y - z, likewise.</summary>
    static abstract TVector MultiplySubtract(TVector x, TVector y, TVector z);

    /// <summary>The greater; NaN where x is.</summary>
    static abstract TVector AtLeast(TVector least, TVector x);

    /// <summary>The less; NaN where x is.</summary>
    static abstract TVector AtMost(TVector most, TVector x);

    /// <summary>|x|.</summary>
    static abstract TVector Abs(TVector x);

    /// <summary>-|x|.</summary>
    static abstract TVector MinusAbs(TVector x);

    /// <summary>Whether x is greater than y in any lane.</summary>
    static abstract bool AnyGreater(TVector x, TVector y);

    /// <summary><paramref name="yes"/> where x is greater than y, else <paramref name="no"/>.</summary>
    static abstract TVector WhereGreater(TVector x, TVector y, TVector yes, TVector no);

    /// <summary>x less the nearest integer: -½ to ½.</summary>
    /// <param name="x">The number.</param>
    /// <param name="integer">The integer, in the form that <see cref="Scale"/> takes.</param>
    static abstract TVector Fraction(TVector x, out TVector integer);

    /// <summary>The integer nearest to x · y, for products that are small beside 2^22, or 2^51 in float64.</summary>
    /// <param name="x">A factor.</param>
    /// <param name="y">The other.</param>
    /// <param name="integer">The integer, in the form that <see cref="Scale"/> takes.</param>
    static abstract TVector Round(TVector x, TVector y, out TVector integer);

    /// <summary>Whether <see cref="Fraction(TVector, TVector, TVector, out TVector)"/> gives fractions from 0 to 1, half more than
    /// they are.</summary>
    static abstract bool FractionsFromZero { get; }

    /// <summary>What <see cref="Fraction(TVector, TVector, TVector, out TVector)"/> adds, so that the sum is cut off where it
    /// should be.</summary>
    static abstract T FractionShift { get; }

    /// <summary>x · y less the nearest integer: -½ to ½, or from 0; for products as in <see cref="Round"/>.</summary>
    /// <param name="x">A factor.</param>
    /// <param name="y">The other.</param>
    /// <param name="shift"><see cref="FractionShift"/>.</param>
    /// <param name="integer">The integer, in the form that <see cref="Scale"/> takes.</param>
    static abstract TVector Fraction(TVector x, TVector y, TVector shift, out TVector integer);

    /// <summary>x · 2^integer, for x from ½ to 2 and a result that is a normal number or too large, hence infinite.</summary>
    static abstract TVector Scale(TVector x, TVector integer);

    /// <summary>In each four lanes the one at a place, 0 to 3, four times. Vectors of two numbers have no four lanes.</summary>
    static abstract TVector Spread(TVector x, int place);
}
