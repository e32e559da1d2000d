using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>The causal convolution of tensors whose tokens are side by side, on the CPU's vectors, forward and
/// backward.</summary>
internal static class CpuChannelConv
{
    // About what an element takes, and each of its taps, in nanoseconds, to see whether threads pay.
    private static readonly (double Element, double Tap) Cost = (0.5, 0.05);

    /// <summary>Convolves.</summary>
    /// <param name="x">Tokens <c>(B, E, S)</c>, side by side.</param>
    /// <param name="weight">Contiguous <c>(E, 1, K)</c>.</param>
    /// <param name="bias">Contiguous <c>(E)</c>; null: none.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="reverse">Whether the sequence is read from its last token on.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <returns>Contiguous <c>(B, E, S)</c>.</returns>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias, bool silu, bool reverse, LaneWidth width)
    {
        var job = new ForwardJob(x, weight, bias, silu, reverse);
        LaneJobs.Run(ref job, x.dtype, width);
        return job.Out!;
    }

    /// <summary>Goes back; parameters as <see cref="Forward"/>, and the gradient of the outputs, tokens side by side.</summary>
    /// <returns>Gradients of x, weight and bias.</returns>
    public static (Tensor X, Tensor Weight, Tensor Bias) Backward(
        Tensor x, Tensor weight, Tensor? bias, Tensor outGradient, bool silu, bool reverse, LaneWidth width)
    {
        var job = new BackwardJob(x, weight, bias, outGradient, silu, reverse);
        LaneJobs.Run(ref job, x.dtype, width);
        var sums = job.Sums!.sum(dim: 0);
        var taps = weight.shape[2];
        return (job.Gradient!, sums.narrow(1, 0, taps).unsqueeze(1), sums.select(1, taps));
    }

    private static ChannelShape ShapeOf(Tensor x, Tensor weight, bool reverse) => new(
        checked((int)x.shape[0]), checked((int)x.shape[1]), checked((int)x.shape[2]), checked((int)weight.shape[2]), reverse);

    private struct ForwardJob(Tensor x, Tensor weight, Tensor? bias, bool silu, bool reverse) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Out = empty(x.shape, dtype: x.dtype);
            var shape = ShapeOf(x, weight, reverse);
            var pass = new ChannelPass<TLanes, TVector, T>(
                shape, new TokenRows<T>(x), (nint)TensorMemory.Pointer<T>(weight),
                bias is null ? 0 : (nint)TensorMemory.Pointer<T>(bias), silu);
            var outputs = new TokenRows<T>(Out);
            Workers.Run(
                shape.Pieces, (Cost.Element + (Cost.Tap * shape.Taps)) * shape.Elements, piece => pass.Forward(piece, outputs));
            GC.KeepAlive(x);
            GC.KeepAlive(weight);
            GC.KeepAlive(bias);
        }
    }

    private struct BackwardJob(
        Tensor x, Tensor weight, Tensor? bias, Tensor outGradient, bool silu, bool reverse) : ILaneJob
    {
        public Tensor? Gradient { get; private set; }

        public Tensor? Sums { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var shape = ShapeOf(x, weight, reverse);
            Gradient = empty(x.shape, dtype: x.dtype);
            Sums = empty([shape.Batch, shape.Channels, shape.Taps + 1], dtype: x.dtype);
            var pass = new ChannelPass<TLanes, TVector, T>(
                shape, new TokenRows<T>(x), (nint)TensorMemory.Pointer<T>(weight),
                bias is null ? 0 : (nint)TensorMemory.Pointer<T>(bias), silu);
            var (given, gradients, sums) =
                (new TokenRows<T>(outGradient), new TokenRows<T>(Gradient), (nint)TensorMemory.Pointer<T>(Sums));
            Workers.Run(
                shape.Pieces, 2 * (Cost.Element + (Cost.Tap * shape.Taps)) * shape.Elements,
                piece => pass.Backward(piece, given, gradients, sums));
            GC.KeepAlive(x);
            GC.KeepAlive(weight);
            GC.KeepAlive(bias);
            GC.KeepAlive(outGradient);
        }
    }
}
