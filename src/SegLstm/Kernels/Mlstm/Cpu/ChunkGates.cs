using System.Numerics;
using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>The gates of a chunk as factors that cannot overflow.</summary>
/// <remarks>
/// b is the running sum of the log forget gates from the chunk's start, <c>u = i - b</c>, m the stabiliser before the chunk, and
/// <c>w_t = max(m, u_1 .. u_t)</c>. What token s wrote counts <c>exp(u_s - w_t)</c> when t reads it, what came before the chunk
/// <c>exp(m - w_t)</c>, and the stabiliser at t is <c>b_t + w_t</c>. Sums are float64: where forgetting is strong they are large,
/// and their differences are not. Where w rises little from the first token to the last, as it nearly always does, <c>exp(u_s -
/// w_t)</c> is the product of two factors, which takes an exponential a token and not one a pair: then
/// <see cref="IsFactored"/>.
/// </remarks>
internal sealed unsafe class ChunkGates<TLanes, TVector, T> : IDisposable
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Where an exponential becomes infinite, or nearly.
    private static double Largest => typeof(T) == typeof(float) ? 88 : 709;

    // By how much w may rise where weights are made of factors: what a factor then loses below the least number is less than
    // e^-27 of the weights beside it.
    private static double MostRise => Largest - 28;

    // Of a token that is not there: its weight is 0.
    private const double Absent = -1e30;

    private readonly Scratch<T> memory;
    private readonly Scratch<double> wide;
    private readonly double* u;
    private readonly double* w;
    private readonly double* toPast;
    private readonly double* toFloor;
    private readonly T* forget;
    private readonly T* floorLow;

    /// <summary>Takes memory.</summary>
    /// <param name="capacity">Tokens of a chunk: whole vectors.</param>
    public ChunkGates(int capacity)
    {
        var vectors = capacity / TLanes.Count;
        memory = new Scratch<T>(11 * vectors, 11, TLanes.Count);
        T* Take() => memory.Take(vectors);
        forget = Take();
        UHigh = Take();
        ULow = Take();
        WHigh = Take();
        WLow = Take();
        Past = Take();
        Written = Take();
        Rise = Take();
        floorLow = Take();
        Floor = Take();
        Slope = Take();
        wide = new Scratch<double>(4L * capacity, 4, 1);
        u = wide.Take(capacity);
        w = wide.Take(capacity);
        toPast = wide.Take(capacity);
        toFloor = wide.Take(capacity);
        Source = new int[capacity];
        IsCapped = new bool[capacity];
    }

    /// <summary>The token whose u is w_t; -1: m is.</summary>
    public int[] Source { get; }

    /// <summary>Whether weights are products of <see cref="Written"/> and <see cref="Rise"/>; else their exponents are in
    /// <see cref="UHigh"/> and what follows.</summary>
    public bool IsFactored { get; private set; }

    /// <summary>u, rounded.</summary>
    public T* UHigh { get; }

    /// <summary>What rounding took from u.</summary>
    public T* ULow { get; }

    /// <summary>w, rounded.</summary>
    public T* WHigh { get; }

    /// <summary>What rounding took from w.</summary>
    public T* WLow { get; }

    /// <summary><c>exp(m - w_t)</c>.</summary>
    public T* Past { get; }

    /// <summary><c>exp(u_s - w_L)</c>: what a token writes into the state behind the chunk.</summary>
    public T* Written { get; }

    /// <summary><c>exp(w_L - w_t)</c>, where it is in use.</summary>
    public T* Rise { get; }

    /// <summary><c>exp(-m_t)</c> with the token's own stabiliser; at most what the type holds.</summary>
    public T* Floor { get; }

    /// <summary><c>sigmoid(-f)</c>, the derivative of the log forget gate; only after <see cref="FillSlopes"/>.</summary>
    public T* Slope { get; }

    /// <summary>Whether the floor of a token would be larger than the type holds.</summary>
    public bool[] IsCapped { get; }

    /// <summary><c>exp(m - w_L)</c>: what is left of the state before the chunk behind it.</summary>
    public T Kept { get; private set; }

    /// <summary>The stabiliser of the state behind the chunk.</summary>
    public double NextM { get; private set; }

    /// <summary>Computes everything but <see cref="Slope"/>.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="padded">Tokens in whole vectors.</param>
    /// <param name="i">Input gate of the first token.</param>
    /// <param name="iStep">Elements to the next.</param>
    /// <param name="f">Forget gate of the first token.</param>
    /// <param name="fStep">Elements to the next.</param>
    /// <param name="m">Stabiliser of the state before the chunk; -infinity: there is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(int tokens, int padded, T* i, nint iStep, T* f, nint fStep, double m)
    {
        for (var t = 0; t < padded; t++)
        {
            forget[t] = t < tokens ? f[t * fStep] : T.Zero;
        }

        for (var t = 0; t < padded; t += TLanes.Count)
        {
            // The slope's place, as what it holds is computed later.
            TLanes.Store(LaneFunctions<TLanes, TVector, T>.LogSigmoid(TLanes.Load(forget + t)), Slope + t);
        }

        var (b, last, source) = (0.0, m, -1);
        for (var t = 0; t < padded; t++)
        {
            var (own, floor) = (Absent, 0.0);
            if (t < tokens)
            {
                b += double.CreateTruncating(Slope[t]);
                own = double.CreateTruncating(i[t * iStep]) - b;
                (last, source) = own > last ? (own, t) : (last, source);
                floor = -(b + last);
            }

            (u[t], w[t], Source[t], IsCapped[t]) = (own, last, source, floor > Largest);
            toFloor[t] = Math.Min(floor, Largest);
            // Before the first chunk m is -infinity, which has no parts.
            toPast[t] = t < tokens ? Math.Max(m - last, Absent) : Absent;
        }

        TwoParts<T>.OfSums(padded, toFloor, 1, 0, Floor, floorLow);
        TwoParts<T>.OfSums(padded, toPast, 1, 0, Past, ULow);
        Exp(padded, Floor, floorLow);
        Exp(padded, Past, ULow);
        IsFactored = last - w[0] <= MostRise;
        Weigh(padded, last);
        Kept = T.CreateTruncating(Math.Exp(m - last));
        NextM = b + last;
    }

    /// <summary>What the weights are made of.</summary>
    private void Weigh(int padded, double last)
    {
        TwoParts<T>.OfSums(padded, u, 1, -last, Written, ULow);
        TwoParts<T>.OfSums(padded, w, -1, last, Rise, WLow);
        Exp(padded, Written, ULow);
        if (IsFactored)
        {
            Exp(padded, Rise, WLow);
            return;
        }

        TwoParts<T>.OfSums(padded, u, 1, 0, UHigh, ULow);
        TwoParts<T>.OfSums(padded, w, 1, 0, WHigh, WLow);
    }

    /// <summary>Exponentials of numbers in two parts, in place of the first. Of one part alone they would be as many roundings
    /// off as the number is large.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Exp(int padded, T* high, T* low)
    {
        for (var t = 0; t < padded; t += TLanes.Count)
        {
            TLanes.Store(LaneFunctions<TLanes, TVector, T>.ExpOfTwoParts(TLanes.Load(high + t), TLanes.Load(low + t)), high + t);
        }
    }

    /// <summary>Computes <see cref="Slope"/> for the same chunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillSlopes(int padded)
    {
        var zero = TLanes.Broadcast(T.Zero);
        for (var t = 0; t < padded; t += TLanes.Count)
        {
            var sigmoid = LaneFunctions<TLanes, TVector, T>.Sigmoid(TLanes.Subtract(zero, TLanes.Load(forget + t)));
            TLanes.Store(sigmoid, Slope + t);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        memory.Dispose();
        wide.Dispose();
    }
}
