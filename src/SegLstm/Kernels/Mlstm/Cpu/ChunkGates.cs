using System.Numerics;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>The gates of a chunk as factors that cannot overflow.</summary>
/// <remarks>
/// b is the running sum of the log forget gates from the chunk's start, <c>u = i - b</c>, m the stabiliser before the chunk, and
/// <c>w_t = max(m, u_1 .. u_t)</c>. What token s wrote counts <c>exp(u_s - w_t)</c> when t reads it, what came before the chunk
/// <c>exp(m - w_t)</c>, and the stabiliser at t is <c>b_t + w_t</c>. Sums are float64: where forgetting is strong they are large,
/// and their differences are not.
/// </remarks>
internal sealed unsafe class ChunkGates<TLanes, TVector, T> : IDisposable
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged, IFloatingPointIeee754<T>
{
    // Where an exponential becomes infinite, or nearly.
    private static readonly double Largest = typeof(T) == typeof(float) ? 88 : 709;

    // Of a token that is not there: its weight is 0.
    private const double Absent = -1e30;

    private readonly Scratch<T> memory;
    private readonly Scratch<double> wide;
    private readonly T* forget;

    /// <summary>Takes memory.</summary>
    /// <param name="capacity">Tokens of a chunk: whole vectors.</param>
    public ChunkGates(int capacity)
    {
        var vectors = capacity / TLanes.Count;
        memory = new Scratch<T>(9 * vectors, 9, TLanes.Count);
        T* Take() => memory.Take(vectors);
        forget = Take();
        UHigh = Take();
        ULow = Take();
        WHigh = Take();
        WLow = Take();
        Past = Take();
        Written = Take();
        Floor = Take();
        Slope = Take();
        wide = new Scratch<double>(3L * capacity, 3, 1);
        B = wide.Take(capacity);
        U = wide.Take(capacity);
        W = wide.Take(capacity);
        Source = new int[capacity];
        IsCapped = new bool[capacity];
    }

    /// <summary>Running sums of the log forget gates.</summary>
    public double* B { get; }

    /// <summary><c>i - b</c>.</summary>
    public double* U { get; }

    /// <summary>Running maxima of u and m.</summary>
    public double* W { get; }

    /// <summary>The token whose u is w_t; -1: m is.</summary>
    public int[] Source { get; }

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

        var (b, w, source) = (0.0, m, -1);
        for (var t = 0; t < tokens; t++)
        {
            b += double.CreateTruncating(Slope[t]);
            var u = double.CreateTruncating(i[t * iStep]) - b;
            if (u > w)
            {
                (w, source) = (u, t);
            }

            (B[t], U[t], W[t], Source[t]) = (b, u, w, source);
            var floor = -(b + w);
            IsCapped[t] = floor > Largest;
            Floor[t] = T.CreateTruncating(Math.Exp(Math.Min(floor, Largest)));
        }

        for (var t = tokens; t < padded; t++)
        {
            (B[t], U[t], W[t], Source[t], Floor[t], IsCapped[t]) = (b, Absent, w, source, T.One, false);
        }

        for (var t = 0; t < padded; t++)
        {
            (UHigh[t], WHigh[t]) = (T.CreateTruncating(U[t]), T.CreateTruncating(W[t]));
            ULow[t] = T.CreateTruncating(U[t] - double.CreateTruncating(UHigh[t]));
            WLow[t] = T.CreateTruncating(W[t] - double.CreateTruncating(WHigh[t]));
            Past[t] = t < tokens ? T.CreateTruncating(m - W[t]) : T.NegativeInfinity;
            Written[t] = T.CreateTruncating(U[t] - w);
        }

        for (var t = 0; t < padded; t += TLanes.Count)
        {
            TLanes.Store(LaneFunctions<TLanes, TVector, T>.ExpOfNegative(TLanes.Load(Past + t)), Past + t);
            TLanes.Store(LaneFunctions<TLanes, TVector, T>.ExpOfNegative(TLanes.Load(Written + t)), Written + t);
        }

        Kept = T.CreateTruncating(Math.Exp(m - w));
        NextM = b + w;
    }

    /// <summary>Computes <see cref="Slope"/> for the same chunk.</summary>
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
