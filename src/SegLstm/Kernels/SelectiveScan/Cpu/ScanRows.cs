using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The innermost loops: some states of a block of channels over the tokens of a chunk.</summary>
/// <remarks>Lanes are channels, so that no sum runs across lanes and any N will do. Tiles are <c>(tokens, lanes)</c>; a is
/// A·log2(e); <c>e_t = 2^(Δ'_t a)</c>; λ is the gradient of the state. As in <see cref="ScanTokens{TLanes, TVector, T}"/>,
/// nothing is inlined.
/// <para>A state of a token and vector takes 11 vector operations forward with AVX-512: a multiplication and two
/// multiply-adds, and 8 for the power of two (multiply-add, fraction, 5 steps of the polynomial, scaling). A core that starts two
/// a cycle needs 5.5 cycles for 16 channels; at 2.6 GHz 2.1 ns for the 16 states of a token and channel. Softplus, gate and the
/// transposed copies add about 1 ns.</para>
/// <para>One that starts one vector of 512 bits a cycle (AMD EPYC, Zen 4) needs 9 for the multiply-adds alone, fraction and scaling
/// go beside them: forward was measured at 9.3, with the terms of the power in registers; 10.6 where each turn loads
/// them.</para></remarks>
internal static unsafe class ScanRows<TStates, TGroupLanes, TGroup, TLanes, TVector, T, TInput, TOutput>
    where TStates : IStateGroup<TGroup, TVector, T>
    where TGroupLanes : ILanes<TGroup, T>
    where TGroup : unmanaged
    where TLanes : ILanes<TVector, T>
    where TVector : unmanaged
    where T : unmanaged
    where TInput : IWeighting
    where TOutput : IWeighting
{
    /// <summary><c>x_t = e_t x_{t-1} + (Δ'_t u_t) B_t</c>, <c>y_t += C_t x_t</c>.</summary>
    public static void Forward(in ScanRow<T> row)
    {
        if (IsModerate(row))
        {
            Forward<ModerateExponents>(row);
        }
        else
        {
            Forward<AnyExponents>(row);
        }
    }

    /// <summary>The same with states and decays written down, and y only where it is wanted.</summary>
    public static void Recompute(in ScanRow<T> row, in BackwardRow<T> back)
    {
        if (IsModerate(row))
        {
            Recompute<ModerateExponents>(row, back);
        }
        else
        {
            Recompute<AnyExponents>(row, back);
        }
    }

    /// <summary>From the last token back, <c>λ_t = C_t g_t + e_{t+1} λ_{t+1}</c>, and what follows from it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Backward(in ScanRow<T> row, in BackwardRow<T> back)
    {
        var (width, group, last) = (TLanes.Count, TGroupLanes.Count, (nint)row.Tokens - 1);
        nint inputStep = TInput.PerToken ? row.InputStep : 0, outputStep = TOutput.PerToken ? row.OutputStep : 0;
        T* b = row.B + (last * inputStep), c = row.C + (last * outputStep);
        T* db = back.DB + (TInput.PerToken ? last * group : 0), dc = back.DC + (TOutput.PerToken ? last * group : 0);
        T* steps = row.Steps, values = row.Values, gs = back.G, sums = back.Weighted, decaySums = back.Decayed;
        T* states = back.States + (last * group), decays = back.Decays + (last * group);
        var (carry, after, da) = (TGroupLanes.Load(back.Carry), TGroupLanes.Load(states + group), TGroupLanes.Load(back.DA));
        var a = TGroupLanes.Load(row.A);
        var (input, output) = (OfAll<TInput>(row.B), OfAll<TOutput>(row.C));
        var (dbOfAll, dcOfAll) = (OfAll<TInput>(back.DB), OfAll<TOutput>(back.DC));
        for (var at = last * width; at >= 0; at -= width)
        {
            var g = TLanes.Load(gs + at);
            var before = TGroupLanes.Load(states);
            var lambda = TGroupLanes.MultiplyAdd(TStates.Repeat(g), OfToken<TOutput>(c, output), carry);
            carry = TGroupLanes.Multiply(lambda, TGroupLanes.Load(decays));
            Add<TOutput>(TStates.Repeat(g), after, dc, ref dcOfAll);
            Add<TInput>(lambda, TStates.Repeat(TLanes.Load(values + at)), db, ref dbOfAll);
            TLanes.Store(TStates.SumProducts(lambda, OfToken<TInput>(b, input), TLanes.Load(sums + at)), sums + at);
            var decay = TGroupLanes.Multiply(carry, before);
            TLanes.Store(TStates.SumProducts(decay, a, TLanes.Load(decaySums + at)), decaySums + at);
            da = TGroupLanes.MultiplyAdd(decay, TStates.Repeat(TLanes.Load(steps + at)), da);
            after = before;
            states -= group;
            decays -= group;
            b -= inputStep;
            c -= outputStep;
            db -= TInput.PerToken ? group : 0;
            dc -= TOutput.PerToken ? group : 0;
        }

        TGroupLanes.Store(carry, back.Carry);
        TGroupLanes.Store(da, back.DA);
        Finish<TInput>(dbOfAll, back.DB);
        Finish<TOutput>(dcOfAll, back.DC);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Forward<TExponents>(in ScanRow<T> row)
        where TExponents : IExponents
    {
        T* steps = row.Steps, values = row.Values, ys = row.Y, b = row.B, c = row.C;
        nint inputStep = TInput.PerToken ? row.InputStep : 0, outputStep = TOutput.PerToken ? row.OutputStep : 0;
        var powers = new PowerVectors<TLanes, TVector, T>(row.Powers);
        var (a, x) = (TGroupLanes.Load(row.A), TGroupLanes.Load(row.State));
        var (input, output) = (OfAll<TInput>(row.B), OfAll<TOutput>(row.C));
        var end = (nint)row.Tokens * TLanes.Count;
        for (nint at = 0; at < end; at += TLanes.Count)
        {
            var decay = Power<TExponents>(TStates.Repeat(TLanes.Load(steps + at)), a, powers);
            x = Next(x, decay, TLanes.Load(values + at), OfToken<TInput>(b, input));
            TLanes.Store(TStates.SumProducts(x, OfToken<TOutput>(c, output), TLanes.Load(ys + at)), ys + at);
            b += inputStep;
            c += outputStep;
        }

        TGroupLanes.Store(x, row.State);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Recompute<TExponents>(in ScanRow<T> row, in BackwardRow<T> back)
        where TExponents : IExponents
    {
        T* steps = row.Steps, values = row.Values, ys = row.Y, b = row.B, c = row.C, states = back.States, decays = back.Decays;
        nint inputStep = TInput.PerToken ? row.InputStep : 0, outputStep = TOutput.PerToken ? row.OutputStep : 0;
        var powers = new PowerVectors<TLanes, TVector, T>(row.Powers);
        var (a, x) = (TGroupLanes.Load(row.A), TGroupLanes.Load(row.State));
        var (input, output) = (OfAll<TInput>(row.B), OfAll<TOutput>(row.C));
        var end = (nint)row.Tokens * TLanes.Count;
        TGroupLanes.Store(x, states);
        for (nint at = 0; at < end; at += TLanes.Count)
        {
            var decay = Power<TExponents>(TStates.Repeat(TLanes.Load(steps + at)), a, powers);
            TGroupLanes.Store(decay, decays);
            x = Next(x, decay, TLanes.Load(values + at), OfToken<TInput>(b, input));
            states += TGroupLanes.Count;
            decays += TGroupLanes.Count;
            TGroupLanes.Store(x, states);
            if (ys != null)
            {
                TLanes.Store(TStates.SumProducts(x, OfToken<TOutput>(c, output), TLanes.Load(ys + at)), ys + at);
            }

            b += inputStep;
            c += outputStep;
        }
    }

    /// <summary>Whether no power of two of the chunk comes near the end of the normal numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool IsModerate(in ScanRow<T> row)
    {
        var limit = TGroupLanes.Broadcast(Number<T>.Of(-LaneFunctions<TLanes, TVector, T>.LeastPower));
        var product = TGroupLanes.Multiply(TGroupLanes.Load(row.A), TStates.Repeat(TLanes.Load(row.LargestStep)));
        return !TGroupLanes.AnyGreater(TGroupLanes.Abs(product), limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TGroup Power<TExponents>(TGroup step, TGroup a, in PowerVectors<TLanes, TVector, T> powers)
        where TExponents : IExponents =>
        TExponents.Moderate
            ? powers.Exp2OfProduct<TStates, TGroupLanes, TGroup>(step, a)
            : LaneFunctions<TGroupLanes, TGroup, T>.Exp2(TGroupLanes.Multiply(step, a));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TGroup Next(TGroup x, TGroup decay, TVector value, TGroup weight) =>
        TGroupLanes.MultiplyAdd(x, decay, TGroupLanes.Multiply(TStates.Repeat(value), weight));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TGroup OfToken<TWeighting>(T* weights, TGroup ofAll)
        where TWeighting : IWeighting => TWeighting.PerToken ? TStates.Broadcast(weights) : ofAll;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TGroup OfAll<TWeighting>(T* weights)
        where TWeighting : IWeighting => TWeighting.PerToken ? default : TGroupLanes.Load(weights);

    /// <summary>Adds x·y to the token's sum, or to the one sum of all tokens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TWeighting>(TGroup x, TGroup y, T* ofToken, ref TGroup ofAll)
        where TWeighting : IWeighting
    {
        if (TWeighting.PerToken)
        {
            TGroupLanes.Store(TGroupLanes.MultiplyAdd(x, y, TGroupLanes.Load(ofToken)), ofToken);
        }
        else
        {
            ofAll = TGroupLanes.MultiplyAdd(x, y, ofAll);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish<TWeighting>(TGroup sum, T* sums)
        where TWeighting : IWeighting
    {
        if (!TWeighting.PerToken)
        {
            TGroupLanes.Store(sum, sums);
        }
    }
}
