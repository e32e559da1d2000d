using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.BlockLinear.Cpu;

/// <summary>The block-diagonal map on vectors of the CPU, forward and backward.</summary>
internal static class CpuBlockLinear
{
    // About what an element takes in nanoseconds between a network's other kernels, to see whether threads pay.
    private const double ForwardCost = 0.5;
    private const double BackwardCost = 1;

    /// <summary>Maps tokens.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>, channels side by side.</param>
    /// <param name="columns">Columns of the blocks, contiguous <c>(4, E)</c>.</param>
    /// <param name="bias">Contiguous <c>(E)</c>; null: nothing.</param>
    /// <param name="width">Vectors of four numbers or more.</param>
    /// <param name="stages">Where the work is added; null: it is done at once.</param>
    /// <returns>Contiguous <c>(B, S, E)</c>.</returns>
    public static Tensor Forward(Tensor x, Tensor columns, Tensor? bias, LaneWidth width, SampleStages? stages = null)
    {
        var job = new ForwardJob(x, columns, bias, stages);
        LaneJobs.Run(ref job, x.dtype, width);
        return job.Out!;
    }

    /// <summary>Goes back.</summary>
    /// <param name="x">Tokens <c>(B, S, E)</c>, channels side by side.</param>
    /// <param name="transposed">Columns of the transposed blocks, contiguous <c>(4, E)</c>.</param>
    /// <param name="outGradient">Gradient of the outputs, channels side by side.</param>
    /// <param name="width">Vectors of four numbers or more.</param>
    /// <param name="addTo">What the gradient of the tokens is added to, channels side by side; null: a tensor of its own.</param>
    /// <param name="stages">Where the work is added, which then may add only to tokens of whole vectors; null: it is done at
    /// once.</param>
    /// <returns>The gradient of the tokens, and what their pieces give to those of the columns and, behind them, the bias
    /// <c>(pieces, 5, E)</c>.</returns>
    public static (Tensor X, Tensor PartSums) Backward(
        Tensor x, Tensor transposed, Tensor outGradient, LaneWidth width, Tensor? addTo = null, SampleStages? stages = null)
    {
        var job = new BackwardJob(x, transposed, outGradient, addTo, stages);
        LaneJobs.Run(ref job, x.dtype, width);
        return (job.X!, job.PartSums!);
    }

    private static (TokenPieces Pieces, int Channels) Sizes(Tensor x) =>
        (new(checked((int)x.shape[0]), checked((int)x.shape[1])), checked((int)x.shape[2]));

    private struct ForwardJob(Tensor x, Tensor columns, Tensor? bias, SampleStages? stages) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Out = empty(x.shape, dtype: x.dtype);
            var (pieces, channels) = Sizes(x);
            var pass = new BlockForward<TLanes, TVector, T>(
                pieces, channels, new TokenRows<T>(x), (nint)TensorMemory.Pointer<T>(columns),
                bias is null ? 0 : (nint)TensorMemory.Pointer<T>(bias), new TokenRows<T>(Out));
            SampleStages.AddOrRun(stages, pieces.Count, ForwardCost * x.numel(), pass.Run, x, columns, bias, Out);
        }
    }

    private struct BackwardJob(
        Tensor x, Tensor transposed, Tensor outGradient, Tensor? addTo, SampleStages? stages) : ILaneJob
    {
        public Tensor? X { get; private set; }

        /// <summary>Sums of each piece: of the columns, then of the bias <c>(pieces, 5, E)</c>.</summary>
        public Tensor? PartSums { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (pieces, channels) = Sizes(x);
            // The last vector may share channels with the one before, to which nothing may be added twice.
            var adds = addTo is not null && channels % TLanes.Count == 0;
            X = adds ? addTo : empty(x.shape, dtype: x.dtype);
            PartSums = empty([pieces.Count, BlockLinearFunction.Block + 1, channels], dtype: x.dtype);
            var pass = new BlockBackward<TLanes, TVector, T>(
                pieces, channels, new TokenRows<T>(x), (nint)TensorMemory.Pointer<T>(transposed),
                new TokenRows<T>(outGradient), new TokenRows<T>(X!), adds, (nint)TensorMemory.Pointer<T>(PartSums));
            SampleStages.AddOrRun(
                stages, pieces.Count, BackwardCost * x.numel(), pass.Run, x, transposed, outGradient, X, PartSums);
            if (!adds)
            {
                X = addTo?.add_(X!) ?? X;
            }
        }
    }
}
