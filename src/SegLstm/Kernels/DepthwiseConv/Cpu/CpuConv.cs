using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DepthwiseConv.Cpu;

/// <summary>The depthwise convolutions on vectors of the CPU, forward and backward.</summary>
internal static class CpuConv
{
    // About what an element takes, and each of its taps, in nanoseconds, to see whether threads pay.
    private static readonly (double Element, double Tap) Cost = (0.4, 0.04);

    /// <summary>Convolves.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>, channels side by side.</param>
    /// <param name="taps">All taps, each of all channels, one behind the other.</param>
    /// <param name="bias">Contiguous <c>(E)</c>; null: none.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="silu">Whether SiLU follows.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <param name="stages">Where the work is added; null: it is done at once.</param>
    /// <returns>Contiguous <c>(B, S, E)</c>.</returns>
    public static Tensor Forward(
        Tensor x, Tensor taps, Tensor? bias, ConvShape shape, bool silu, LaneWidth width, SampleStages? stages = null) =>
        Into(empty(x.shape, dtype: x.dtype), x, taps, bias, shape, silu, width, stages);

    /// <summary>Goes back.</summary>
    /// <param name="x">Tokens as in <see cref="Forward"/>.</param>
    /// <param name="taps">All taps, each of all channels, one behind the other.</param>
    /// <param name="bias">Contiguous <c>(E)</c>; null: none.</param>
    /// <param name="outGradient">Gradient of the outputs <c>(B, S, E)</c>, channels side by side.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="silu">Whether SiLU followed.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <param name="xGradient">Where the gradient of x goes, channels side by side; null: to a tensor of its own.</param>
    /// <param name="stages">Where the work is added; null: it is done at once.</param>
    /// <returns>The gradient of x, and what its pieces give to those of the taps and, behind them, the bias
    /// <c>(pieces, taps + 1, E)</c>.</returns>
    public static (Tensor X, Tensor PartSums) Backward(
        Tensor x, Tensor taps, Tensor? bias, Tensor outGradient, ConvShape shape, bool silu, LaneWidth width,
        Tensor? xGradient = null, SampleStages? stages = null)
    {
        var job = new BackwardJob(x, taps, bias, outGradient, shape, silu, stages);
        LaneJobs.Run(ref job, x.dtype, width);
        return (
            Into(
                xGradient ?? empty(x.shape, dtype: x.dtype), job.SumGradient!, taps, null, shape.Transposed, false, width, stages),
            job.PartSums!);
    }

    private static Tensor Into(
        Tensor target, Tensor x, Tensor taps, Tensor? bias, ConvShape shape, bool silu, LaneWidth width, SampleStages? stages)
    {
        var job = new ForwardJob(x, taps, bias, shape, silu, target, stages);
        LaneJobs.Run(ref job, x.dtype, width);
        return target;
    }

    private struct ForwardJob(
        Tensor x, Tensor taps, Tensor? bias, ConvShape shape, bool silu, Tensor target, SampleStages? stages) : ILaneJob
    {
        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var pass = new ConvForward<TLanes, TVector, T>(
                shape, new TokenRows<T>(x), (nint)TensorMemory.Pointer<T>(taps),
                bias is null ? 0 : (nint)TensorMemory.Pointer<T>(bias), silu, new TokenRows<T>(target));
            SampleStages.AddOrRun(
                stages, shape.Pieces, (Cost.Element + (Cost.Tap * shape.Taps)) * shape.Elements, pass.Run, x, taps, bias, target);
        }
    }

    private struct BackwardJob(
        Tensor x, Tensor taps, Tensor? bias, Tensor outGradient, ConvShape shape, bool silu, SampleStages? stages) : ILaneJob
    {
        public Tensor? SumGradient { get; private set; }

        public Tensor? PartSums { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            SumGradient = silu ? empty(x.shape, dtype: x.dtype) : outGradient;
            PartSums = zeros([shape.Pieces, shape.Taps + 1, shape.Channels], dtype: x.dtype);
            var pass = new ConvBackward<TLanes, TVector, T>(
                shape, new TokenRows<T>(x), (nint)TensorMemory.Pointer<T>(taps),
                bias is null ? 0 : (nint)TensorMemory.Pointer<T>(bias), silu, new TokenRows<T>(outGradient),
                new TokenRows<T>(SumGradient), (nint)TensorMemory.Pointer<T>(PartSums));
            SampleStages.AddOrRun(
                stages, shape.Pieces, 2 * (Cost.Element + (Cost.Tap * shape.Taps)) * shape.Elements, pass.Run, x, taps, bias,
                outGradient, SumGradient, PartSums);
        }
    }
}
