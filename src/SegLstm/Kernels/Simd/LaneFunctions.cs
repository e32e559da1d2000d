using System.Runtime.CompilerServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Functions of vectors. NaN gives NaN.</summary>
/// <remarks>Polynomials by weighted least squares, reweighted towards the least maximum of the relative error; errors below are
/// theirs, before rounding.</remarks>
internal static class LaneFunctions<TLanes, TVector, T>
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
{
    /// <summary>The least x that <see cref="Exp2"/> tells from smaller ones.</summary>
    public static double LeastPower
    {
        // Left to itself the compiler calls it, and the vectors of the loop around go to memory and back each time.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(float) ? -100 : -1000;
    }

    /// <summary>2^x. Float32: at most 1.1e-7 off, and near 0 with the value and the slope of 2^x, so that a slow decay keeps its
    /// rate over thousands of tokens. Float64: 3.4e-18. What would be smaller is 2^-100, or 2^-1000 in float64: products with it
    /// are still normal numbers, where others would take a hundred times as long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp2(TVector x)
    {
        x = TLanes.AtLeast(Constant(LeastPower), x);
        var fraction = TLanes.Fraction(x, out var integer);
        return TLanes.Scale(PowerOfFraction(fraction), integer);
    }

    /// <summary>2^(x·y) for products from <see cref="LeastPower"/> to its opposite. Errors as <see cref="Exp2"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Exp2OfProduct(TVector x, TVector y)
    {
        var fraction = TLanes.Fraction(x, y, TLanes.Broadcast(TLanes.FractionShift), out var integer);
        return TLanes.Scale(
            TLanes.FractionsFromZero ? PowerOfFractionFromZero(fraction) : PowerOfFraction(fraction), integer);
    }

    /// <summary>The numbers of <see cref="Exp2OfProduct"/> in float32, for loops that load them once.</summary>
    public static PowerTerms<T> TermsOfProduct => TLanes.FractionsFromZero
        ? Terms(SingleSeries.Shifted0, SingleSeries.Shifted1, SingleSeries.Shifted2, SingleSeries.Shifted3, SingleSeries.Shifted4,
            SingleSeries.Shifted5)
        : Terms(1, SingleSeries.Term1, SingleSeries.Term2, SingleSeries.Term3, SingleSeries.Term4, SingleSeries.Term5);

    /// <summary>e^x for x from 0 down; 0 where it is no normal number any more. Errors as <see cref="Exp2"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfNegative(TVector x)
    {
        var rest = RestOfExp(x, out var log2E, out var integer);
        var power = TLanes.Scale(PowerOfFraction(TLanes.Multiply(rest, log2E)), integer);
        return TLanes.WhereGreater(LeastExponent, x, Constant(0), power);
    }

    /// <summary>e^x for x up to 88, or 709 in float64, a number and what rounding took from it; 0 where it is no normal number
    /// any more. Float32: at most 1.1e-8 off; float64 as <see cref="Exp2"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ExpOfTwoParts(TVector x, TVector rest)
    {
        var first = RestOfExp(x, out var log2E, out var integer);
        var power = TLanes.Scale(CarefulPowerOfFraction(TLanes.Multiply(TLanes.Add(first, rest), log2E)), integer);
        return TLanes.WhereGreater(LeastExponent, x, Constant(0), power);
    }

    /// <summary>ln(1 + e^x), and x itself above 20, as PyTorch has it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softplus(TVector x) => Softplus(x, ExpOfNegative(TLanes.MinusAbs(x)));

    /// <summary>The same, where e^-|x| is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Softplus(TVector x, TVector power)
    {
        var y = TLanes.Add(TLanes.AtLeast(Constant(0), x), LogOfOnePlus(power));

        // In float32 both are the same there.
        return typeof(T) == typeof(float) ? y : TLanes.WhereGreater(x, Constant(20), x, y);
    }

    /// <summary>The derivative of <see cref="Softplus(TVector)"/>. Errors as <see cref="Silu(TVector)"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector SoftplusSlope(TVector x)
    {
        var y = TLanes.Quotient(Constant(1), OnePlusExpOfMinus(x));
        return typeof(T) == typeof(float) ? y : TLanes.WhereGreater(x, Constant(20), Constant(1), y);
    }

    /// <summary>x / (1 + e^-x). Where x is negative, it may be |x| roundings further off than <see cref="Sigmoid"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Silu(TVector x) => TLanes.Quotient(x, OnePlusExpOfMinus(x));

    /// <summary>As <see cref="Silu(TVector)"/>, with its derivative.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Silu(TVector x, out TVector slope)
    {
        var sigmoid = TLanes.Quotient(Constant(1), OnePlusExpOfMinus(x));
        var silu = TLanes.Multiply(x, sigmoid);
        slope = TLanes.MultiplyAdd(silu, TLanes.Subtract(Constant(1), sigmoid), sigmoid);
        return silu;
    }

    /// <summary>ln(1 / (1 + e^-x)), also far from 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector LogSigmoid(TVector x)
    {
        var zero = Constant(0);
        var power = ExpOfNegative(TLanes.Subtract(zero, TLanes.Abs(x)));
        return TLanes.Subtract(TLanes.WhereGreater(zero, x, x, zero), LogOfOnePlus(power));
    }

    /// <summary>1 / (1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Sigmoid(TVector x)
    {
        var (zero, one) = (Constant(0), Constant(1));
        var power = ExpOfNegative(TLanes.MinusAbs(x));
        return TLanes.Divide(TLanes.WhereGreater(zero, x, power, one), TLanes.Add(one, power));
    }

    // Of e^x, where it is a normal number.
    private static TVector LeastExponent
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Constant(typeof(T) == typeof(float) ? -87 : -708);
    }

    /// <summary>x less the nearest multiple of ln(2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector RestOfExp(TVector x, out TVector log2E, out TVector integer)
    {
        // Rounding x·log2(e) would err by |x| roundings. So what is left of x is found from the integer, by ln(2) in two parts,
        // the first so short that its multiples are exact.
        var (high, low) = typeof(T) == typeof(float) ? (0.693359375, -2.12194440e-4) : (0.693145751953125, 1.4286068203094172e-6);
        log2E = Constant(Math.Log2(Math.E));
        var whole = TLanes.Round(x, log2E, out integer);
        return TLanes.MultiplyAdd(whole, Constant(-low), TLanes.MultiplyAdd(whole, Constant(-high), x));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OnePlusExpOfMinus(TVector x)
    {
        var limit = typeof(T) == typeof(float) ? 87 : 700;
        var limited = TLanes.AtMost(Constant(limit), TLanes.AtLeast(Constant(-limit), x));
        return TLanes.Add(Constant(1), Exp2OfProduct(limited, Constant(-Math.Log2(Math.E))));
    }

    /// <summary>ln(1 + x) for x from 0 to 1, by the area tangent of x / (2 + x). Float32: 4.5e-9 off; float64: 3.5e-20.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector LogOfOnePlus(TVector x)
    {
        var s = TLanes.Quotient(x, TLanes.Add(Constant(2), x));
        var s2 = TLanes.Multiply(s, s);
        TVector p;
        if (typeof(T) == typeof(float))
        {
            p = Constant(0.14005933719418034);
            p = Next(p, s2, 0.14000899965425817);
            p = Next(p, s2, 0.2001076675006032);
            p = Next(p, s2, 0.3333320794330356);
        }
        else
        {
            p = Constant(0.0822974685923006);
            p = Next(p, s2, 0.03499604876063452);
            p = Next(p, s2, 0.05485630924032489);
            p = Next(p, s2, 0.058580721453252965);
            p = Next(p, s2, 0.06668394009508334);
            p = Next(p, s2, 0.0769222648997889);
            p = Next(p, s2, 0.09090911581754248);
            p = Next(p, s2, 0.11111111063193524);
            p = Next(p, s2, 0.14285714286248893);
            p = Next(p, s2, 0.19999999999997028);
            p = Next(p, s2, 0.33333333333333337);
        }

        var doubled = TLanes.Add(s, s);
        return TLanes.MultiplyAdd(TLanes.Multiply(doubled, s2), p, doubled);
    }

    /// <summary>2^x for x from -½ to ½.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfFraction(TVector x)
    {
        TVector p;
        if (typeof(T) == typeof(float))
        {
            p = Constant(SingleSeries.Term5);
            p = Next(p, x, SingleSeries.Term4);
            p = Next(p, x, SingleSeries.Term3);
            p = Next(p, x, SingleSeries.Term2);
            p = Next(p, x, SingleSeries.Term1);
        }
        else
        {
            p = Constant(4.4347731176785487e-10);
            p = Next(p, x, 7.073786356703785e-09);
            p = Next(p, x, 1.0178199587620294e-07);
            p = Next(p, x, 1.3215435265161396e-06);
            p = Next(p, x, 1.5252733493018979e-05);
            p = Next(p, x, 0.00015403530457144417);
            p = Next(p, x, 0.0013333558146774811);
            p = Next(p, x, 0.009618129107594096);
            p = Next(p, x, 0.055504108664820084);
            p = Next(p, x, 0.2402265069591013);
            p = Next(p, x, 0.6931471805599453);
        }

        return Next(p, x, 1);
    }

    /// <summary>2^x for x from -½ to ½ with a term more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector CarefulPowerOfFraction(TVector x)
    {
        if (typeof(T) != typeof(float))
        {
            return PowerOfFraction(x);
        }

        var p = Constant(0.00015444883953145836);
        p = Next(p, x, 0.0013381302537322252);
        p = Next(p, x, 0.009618103253031834);
        p = Next(p, x, 0.05550381013796454);
        p = Next(p, x, 0.2402265069591007);
        p = Next(p, x, 0.6931471805599453);
        return Next(p, x, 1);
    }

    /// <summary>2^(x - ½) for x from 0 to 1: <see cref="PowerOfFraction"/> about another point, with its coefficients rounded so
    /// that ½ gives 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector PowerOfFractionFromZero(TVector x)
    {
        TVector p;
        if (typeof(T) == typeof(float))
        {
            p = Constant(SingleSeries.Shifted5);
            p = Next(p, x, SingleSeries.Shifted4);
            p = Next(p, x, SingleSeries.Shifted3);
            p = Next(p, x, SingleSeries.Shifted2);
            p = Next(p, x, SingleSeries.Shifted1);
            return Next(p, x, SingleSeries.Shifted0);
        }

        p = Constant(4.4347731176785487e-10);
        p = Next(p, x, 4.634661141980583e-09);
        p = Next(p, x, 7.251087712949201e-08);
        p = Next(p, x, 9.33957922030932e-07);
        p = Next(p, x, 1.0785637274044901e-05);
        p = Next(p, x, 0.00010891927181703368);
        p = Next(p, x, 0.0009428249756176957);
        p = Next(p, x, 0.006801044307852635);
        p = Next(p, x, 0.03924733162127143);
        p = Next(p, x, 0.16986579209150277);
        p = Next(p, x, 0.4901290717342743);
        return Next(p, x, 0.7071067811865476);
    }

    /// <summary>A step of Horner's scheme.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next(TVector sum, TVector x, double coefficient) =>
        TLanes.MultiplyAdd(sum, x, Constant(coefficient));

    private static PowerTerms<T> Terms(double term0, double term1, double term2, double term3, double term4, double term5) => new(
        TLanes.FractionShift, Number<T>.Of(term0), Number<T>.Of(term1), Number<T>.Of(term2), Number<T>.Of(term3),
        Number<T>.Of(term4), Number<T>.Of(term5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Constant(double value) => TLanes.Broadcast(Number<T>.Of(value));
}
