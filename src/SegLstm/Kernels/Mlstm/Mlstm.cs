using SegLstm.Kernels.Mlstm.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>The mLSTM over a whole sequence without a past that layers run: on the CPU in chunks on its vectors, with a gradient
/// written by hand; elsewhere as <see cref="MlstmSequence"/>.</summary>
/// <remarks>
/// <para>
/// Float32 and float64 are computed in their own precision, half precision in float32; sums of log gates always in float64. Heads
/// of samples are shared out to libtorch's number of threads, on which results do not depend. Inputs are read where they lie,
/// also as views <c>(B, S, H, K)</c> turned round; the result lies as <c>(B, S, H, V)</c>. Where a gradient may be asked for, the
/// state before each chunk is kept: <c>S/L · (K·V + K)</c> numbers a head. Against float64 a retrieved value is typically within
/// 5e-6, a forget gate's gradient within 1e-4 (root mean square).
/// </para>
/// <para>Gradients of gradients need <see cref="MlstmSequence"/>. Shape letters: <see cref="MlstmParallel"/>.</para>
/// </remarks>
public static class Mlstm
{
    /// <summary>Runs the sequence.</summary>
    /// <param name="q">Queries <c>(B, H, S, K)</c>.</param>
    /// <param name="k">Keys <c>(B, H, S, K)</c>.</param>
    /// <param name="v">Values <c>(B, H, S, V)</c>.</param>
    /// <param name="i">Input gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="f">Forget gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="reverse">Whether the last token is read first: what flipping inputs and result would give.</param>
    /// <param name="chunkSize">L, tokens in a chunk.</param>
    /// <param name="eps">Added to the normaliser.</param>
    /// <returns>Retrieved values <c>(B, H, S, V)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or <paramref name="chunkSize"/> is below
    /// 1.</exception>
    public static Tensor Forward(
        Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, bool reverse = false, long chunkSize = 64, double eps = 1e-6) =>
        Forward(LaneWidths.Widest, q, k, v, i, f, reverse, chunkSize, eps);

    /// <summary>The same with vectors of a given width.</summary>
    internal static Tensor Forward(
        LaneWidth width, Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, bool reverse, long chunkSize, double eps)
    {
        MlstmShapes.Check(q, k, v, i, f);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        using var scope = NewDisposeScope();
        Tensor[] given = [q, k, v, i, f];
        if (!TokenTensors.AreOnHost(given) || given.Any(x => x.numel() == 0))
        {
            Tensor Turned(Tensor x) => reverse ? x.flip(2) : x.contiguous();
            var h = MlstmSequence.Forward(Turned(q), Turned(k), Turned(v), Turned(i), Turned(f), chunkSize, eps);
            return (reverse ? h.flip(2) : h).MoveToOuterDisposeScope();
        }

        var type = TokenTensors.Precision(given);
        Tensor Ready(Tensor x) => TokenTensors.Ready(x.to(type));
        var inputs = new MlstmTensors(Ready(q), Ready(k), Ready(v), i.to(type), f.to(type));
        var options = new CpuMlstmOptions(reverse, (int)Math.Min(chunkSize, q.shape[2]), eps, width);
        return MlstmFunction.Run(inputs, options).to(q.dtype).MoveToOuterDisposeScope();
    }
}
