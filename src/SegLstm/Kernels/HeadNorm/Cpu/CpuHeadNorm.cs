using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.HeadNorm.Cpu;

/// <summary>The norm on vectors of the CPU, forward and backward.</summary>
internal static class CpuHeadNorm
{
    // About what an element takes in nanoseconds, to see whether threads pay.
    private const double ForwardCost = 0.5;
    private const double BackwardCost = 0.8;

    /// <summary>Normalises.</summary>
    /// <param name="x">Heads <c>(B, H, S, W)</c>, channels side by side.</param>
    /// <param name="weight">Contiguous <c>(H·W)</c>.</param>
    /// <param name="bias">Contiguous <c>(H·W)</c>; null: none.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="keep">Whether a backward pass will follow.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <param name="stages">Where the work is added; null: it is done at once.</param>
    /// <returns>Contiguous <c>(B, S, H·W)</c>, and statistics for <see cref="Backward"/>.</returns>
    public static (Tensor Out, Tensor? Statistics) Forward(
        Tensor x, Tensor weight, Tensor? bias, double eps, bool keep, LaneWidth width, SampleStages? stages = null)
    {
        var job = new ForwardJob(x, weight, bias, eps, keep, stages);
        LaneJobs.Run(ref job, x.dtype, width);
        return (job.Out!, job.Statistics);
    }

    /// <summary>Goes back.</summary>
    /// <param name="x">Heads as in <see cref="Forward"/>.</param>
    /// <param name="weight">Contiguous <c>(H·W)</c>.</param>
    /// <param name="statistics">What the forward pass kept.</param>
    /// <param name="outGradient">Gradient of the outputs <c>(B, S, H·W)</c>, channels side by side.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <param name="stages">Where the work is added; null: it is done at once.</param>
    /// <returns>The gradient of x, and what its pieces give to those of weight and bias <c>(pieces, 2, H·W)</c>.</returns>
    public static (Tensor X, Tensor PartSums) Backward(
        Tensor x, Tensor weight, Tensor statistics, Tensor outGradient, LaneWidth width, SampleStages? stages = null)
    {
        var job = new BackwardJob(x, weight, statistics, outGradient, stages);
        LaneJobs.Run(ref job, x.dtype, width);
        return (job.Gradient!, job.PartSums!);
    }

    private struct ForwardJob(
        Tensor x, Tensor weight, Tensor? bias, double eps, bool keep, SampleStages? stages) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public Tensor? Statistics { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var shape = new HeadNormShape(x);
            Out = empty([shape.Batch, shape.Tokens, shape.Channels], dtype: x.dtype);
            Statistics = keep ? empty([2, shape.Batch, shape.Tokens, shape.Heads], dtype: x.dtype) : null;
            var pass = new HeadNormForward<TLanes, TVector, T>(
                shape, new HeadRows<T>(x), (nint)TensorMemory.Pointer<T>(weight),
                bias is null ? 0 : (nint)TensorMemory.Pointer<T>(bias), T.CreateChecked(eps), new TokenRows<T>(Out),
                Statistics is null ? 0 : (nint)TensorMemory.Pointer<T>(Statistics));
            SampleStages.AddOrRun(
                stages, shape.Pieces.Count, ForwardCost * shape.Elements, pass.Run, x, weight, bias, Out, Statistics);
        }
    }

    private struct BackwardJob(
        Tensor x, Tensor weight, Tensor statistics, Tensor outGradient, SampleStages? stages) : ILaneJob
    {
        public Tensor? Gradient { get; private set; }

        public Tensor? PartSums { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var shape = new HeadNormShape(x);
            var steps = x.stride();
            // In the order in which x lies, so that what made x reads its gradient as it wrote x.
            Gradient = steps[1] < steps[2]
                ? empty([shape.Batch, shape.Tokens, shape.Heads, shape.Width], dtype: x.dtype).transpose(1, 2)
                : empty(x.shape, dtype: x.dtype);
            PartSums = zeros([shape.Pieces.Count, 2, shape.Channels], dtype: x.dtype);
            var pass = new HeadNormBackward<TLanes, TVector, T>(
                shape, new HeadRows<T>(x), (nint)TensorMemory.Pointer<T>(weight), (nint)TensorMemory.Pointer<T>(statistics),
                new TokenRows<T>(outGradient), new HeadRows<T>(Gradient), (nint)TensorMemory.Pointer<T>(PartSums));
            SampleStages.AddOrRun(
                stages, shape.Pieces.Count, BackwardCost * shape.Elements, pass.Run, x, weight, statistics, outGradient, Gradient,
                PartSums);
        }
    }
}
