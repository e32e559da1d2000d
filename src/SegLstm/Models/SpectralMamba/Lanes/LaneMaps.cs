using System.Runtime.CompilerServices;
using SegLstm.Kernels.Simd;

namespace SegLstm.Models.SpectralMamba.Lanes;

/// <summary>Maps of a vector of numbers, each a vector of lanes: what a pixel has, for as many pixels as a vector has
/// lanes.</summary>
internal static unsafe class LaneMaps<TLanes, TVector>
    where TLanes : ILanes<TVector, float>
    where TVector : unmanaged
{
    // Rows computed together: their sums stay in registers, and each number is loaded once for all.
    private const int Together = 4;

    /// <summary><c>y = W x + b</c>, or added to y.</summary>
    /// <param name="weight">W, <c>(outputs, inputs)</c>.</param>
    /// <param name="bias">b; null: 0.</param>
    /// <param name="inputs">Numbers of x.</param>
    /// <param name="outputs">Numbers of y.</param>
    /// <param name="x">x, lanes side by side.</param>
    /// <param name="y">y.</param>
    /// <param name="add">Whether y is added to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Affine(float* weight, float* bias, int inputs, int outputs, float* x, float* y, bool add)
    {
        var output = 0;
        for (; output <= outputs - Together; output += Together)
        {
            float* w0 = weight + (output * inputs), w1 = w0 + inputs, w2 = w1 + inputs, w3 = w2 + inputs;
            var (s0, s1) = (Start(bias, y, output, add), Start(bias, y, output + 1, add));
            var (s2, s3) = (Start(bias, y, output + 2, add), Start(bias, y, output + 3, add));
            for (var i = 0; i < inputs; i++)
            {
                var value = TLanes.Load(x + (i * TLanes.Count));
                s0 = TLanes.MultiplyAdd(TLanes.Broadcast(w0[i]), value, s0);
                s1 = TLanes.MultiplyAdd(TLanes.Broadcast(w1[i]), value, s1);
                s2 = TLanes.MultiplyAdd(TLanes.Broadcast(w2[i]), value, s2);
                s3 = TLanes.MultiplyAdd(TLanes.Broadcast(w3[i]), value, s3);
            }

            TLanes.Store(s0, y + (output * TLanes.Count));
            TLanes.Store(s1, y + ((output + 1) * TLanes.Count));
            TLanes.Store(s2, y + ((output + 2) * TLanes.Count));
            TLanes.Store(s3, y + ((output + 3) * TLanes.Count));
        }

        for (; output < outputs; output++)
        {
            var sum = Start(bias, y, output, add);
            for (var i = 0; i < inputs; i++)
            {
                sum = TLanes.MultiplyAdd(
                    TLanes.Broadcast(weight[(output * inputs) + i]), TLanes.Load(x + (i * TLanes.Count)), sum);
            }

            TLanes.Store(sum, y + (output * TLanes.Count));
        }
    }

    /// <summary>Layer norm with eps 1e-5.</summary>
    /// <param name="weight">Scale.</param>
    /// <param name="bias">Shift.</param>
    /// <param name="count">Numbers.</param>
    /// <param name="x">What is normed.</param>
    /// <param name="y">The result; may be x.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Norm(float* weight, float* bias, int count, float* x, float* y)
    {
        var (sum, squares) = (TLanes.Broadcast(0), TLanes.Broadcast(0));
        for (var i = 0; i < count; i++)
        {
            sum = TLanes.Add(sum, TLanes.Load(x + (i * TLanes.Count)));
        }

        var mean = TLanes.Multiply(sum, TLanes.Broadcast(1f / count));
        for (var i = 0; i < count; i++)
        {
            var distance = TLanes.Subtract(TLanes.Load(x + (i * TLanes.Count)), mean);
            squares = TLanes.MultiplyAdd(distance, distance, squares);
        }

        var variance = TLanes.MultiplyAdd(squares, TLanes.Broadcast(1f / count), TLanes.Broadcast(1e-5f));
        var factor = Root(variance);
        for (var i = 0; i < count; i++)
        {
            var distance = TLanes.Subtract(TLanes.Load(x + (i * TLanes.Count)), mean);
            var scaled = TLanes.MultiplyAdd(
                TLanes.Multiply(distance, factor), TLanes.Broadcast(weight[i]), TLanes.Broadcast(bias[i]));
            TLanes.Store(scaled, y + (i * TLanes.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Start(float* bias, float* y, int output, bool add) =>
        add ? TLanes.Load(y + (output * TLanes.Count))
        : TLanes.Broadcast(bias == null ? 0 : bias[output]);

    /// <summary>1 / √x: once a token, so lane by lane.</summary>
    private static TVector Root(TVector x)
    {
        var lanes = stackalloc float[TLanes.Count];
        TLanes.Store(x, lanes);
        for (var lane = 0; lane < TLanes.Count; lane++)
        {
            lanes[lane] = 1 / MathF.Sqrt(lanes[lane]);
        }

        return TLanes.Load(lanes);
    }
}
