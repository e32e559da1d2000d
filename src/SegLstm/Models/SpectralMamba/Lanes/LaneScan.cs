using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Models.SpectralMamba.Lanes;

/// <summary>The selective scan of one channel over a short sequence, a pixel a lane.</summary>
internal static unsafe class LaneScan<TLanes, TVector>
    where TLanes : ILanes<TVector, float>
    where TVector : unmanaged
{
    /// <summary>Scans <c>x_t = 2^(Δ_t A) x_(t-1) + Δ_t u_t B_t</c> and adds <c>C_t·x_t</c> to y, four states at a time so that they
    /// stay in registers and their powers overlap.</summary>
    /// <param name="tokens">Tokens.</param>
    /// <param name="states">N.</param>
    /// <param name="decay">A / ln 2 of the channel.</param>
    /// <param name="steps">Δ of the channel, a token in <paramref name="channelStep"/> elements.</param>
    /// <param name="inputs">Δ u, likewise.</param>
    /// <param name="y">The output, likewise.</param>
    /// <param name="channelStep">Elements from token to token of the three.</param>
    /// <param name="weights">B and behind it C of each token.</param>
    /// <param name="weightStep">Elements from token to token of these.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(
        int tokens, int states, float* decay, float* steps, float* inputs, float* y, int channelStep, float* weights, int weightStep)
    {
        var state = 0;
        for (; state <= states - 4; state += 4)
        {
            var (a0, a1) = (TLanes.Broadcast(decay[state]), TLanes.Broadcast(decay[state + 1]));
            var (a2, a3) = (TLanes.Broadcast(decay[state + 2]), TLanes.Broadcast(decay[state + 3]));
            var zero = TLanes.Broadcast(0);
            var (x0, x1, x2, x3) = (zero, zero, zero, zero);
            for (var t = 0; t < tokens; t++)
            {
                var step = TLanes.Load(steps + (t * channelStep));
                var input = TLanes.Load(inputs + (t * channelStep));
                var b = weights + (t * weightStep) + (state * TLanes.Count);
                var c = b + (states * TLanes.Count);
                x0 = Next(step, a0, x0, input, b);
                x1 = Next(step, a1, x1, input, b + TLanes.Count);
                x2 = Next(step, a2, x2, input, b + (2 * TLanes.Count));
                x3 = Next(step, a3, x3, input, b + (3 * TLanes.Count));
                var sum = TLanes.MultiplyAdd(x0, TLanes.Load(c), TLanes.Load(y + (t * channelStep)));
                sum = TLanes.MultiplyAdd(x1, TLanes.Load(c + TLanes.Count), sum);
                var other = TLanes.Multiply(x2, TLanes.Load(c + (2 * TLanes.Count)));
                other = TLanes.MultiplyAdd(x3, TLanes.Load(c + (3 * TLanes.Count)), other);
                TLanes.Store(TLanes.Add(sum, other), y + (t * channelStep));
            }
        }

        for (; state < states; state++)
        {
            var (a, x) = (TLanes.Broadcast(decay[state]), TLanes.Broadcast(0));
            for (var t = 0; t < tokens; t++)
            {
                var b = weights + (t * weightStep) + (state * TLanes.Count);
                x = Next(TLanes.Load(steps + (t * channelStep)), a, x, TLanes.Load(inputs + (t * channelStep)), b);
                var sum = TLanes.MultiplyAdd(
                    x, TLanes.Load(b + (states * TLanes.Count)), TLanes.Load(y + (t * channelStep)));
                TLanes.Store(sum, y + (t * channelStep));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Next(TVector step, TVector decay, TVector state, TVector input, float* b) => TLanes.MultiplyAdd(
        LaneFunctions<TLanes, TVector, float>.Exp2(TLanes.Multiply(step, decay)), state,
        TLanes.Multiply(input, TLanes.Load(b)));
}
