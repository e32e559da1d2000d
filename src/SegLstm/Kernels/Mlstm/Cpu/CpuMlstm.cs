using System.Numerics;
using SegLstm.Kernels.Simd;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm.Cpu;

/// <summary>The mLSTM on vectors of the CPU, forward and backward.</summary>
internal static class CpuMlstm
{
    // About what a multiply-add takes, in nanoseconds, to see whether threads pay.
    private const double Cost = 0.02;

    /// <summary>Runs a sequence without a past.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="options">How.</param>
    /// <param name="keep">Whether a backward pass will follow.</param>
    /// <param name="stages">Where the work is added; null: it is done at once.</param>
    public static MlstmResults Forward(MlstmTensors x, CpuMlstmOptions options, bool keep, SampleStages? stages = null)
    {
        var job = new ForwardJob(x, options, keep, stages);
        LaneJobs.Run(ref job, x.Q.dtype, options.Width);
        return job.Results!;
    }

    /// <summary>Goes back.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="results">What the forward pass made with the same options.</param>
    /// <param name="outGradient">Gradient of the retrieved values <c>(B, H, S, V)</c>, the elements of a token side by
    /// side.</param>
    /// <param name="options">How.</param>
    /// <param name="gates">Where the gradients of both gates go <c>(B, H, S)</c>; null: to tensors of their own.</param>
    /// <param name="stages">Where the work is added; null: it is done at once.</param>
    /// <returns>Gradients of the inputs.</returns>
    public static MlstmTensors Backward(
        MlstmTensors x, MlstmResults results, Tensor outGradient, CpuMlstmOptions options, (Tensor I, Tensor F)? gates = null,
        SampleStages? stages = null)
    {
        var (i, f) = gates ?? (empty(x.I.shape, dtype: x.Q.dtype), empty(x.F.shape, dtype: x.Q.dtype));
        var gradients = new MlstmTensors(Like(x.Q), Like(x.K), Like(x.V), i, f);
        var job = new BackwardJob(x, results, outGradient, gradients, options, stages);
        LaneJobs.Run(ref job, x.Q.dtype, options.Width);
        return gradients;
    }

    /// <summary>Room for <c>(B, H, S, width)</c> in which the heads of a token lie side by side, as the layers around want
    /// them.</summary>
    private static Tensor ByTokens(Tensor like, long width) =>
        empty([like.shape[0], like.shape[2], like.shape[1], width], dtype: like.dtype).transpose(1, 2);

    /// <summary>Room for a gradient that lies as its tensor does: otherwise leaves would take a copy.</summary>
    private static Tensor Like(Tensor x) => x.is_contiguous() ? empty(x.shape, dtype: x.dtype) : ByTokens(x, x.shape[3]);

    private struct ForwardJob(MlstmTensors x, CpuMlstmOptions options, bool keep, SampleStages? stages) : ILaneJob
    {
        public MlstmResults? Results { get; private set; }

        public void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var shape = new MlstmShape(x, options.Chunk, TLanes.Count);
            Results = new MlstmResults(
                ByTokens(x.V, shape.ValueWidth), empty([shape.Batch, shape.Heads, shape.Length], dtype: x.Q.dtype),
                empty([keep ? shape.KeptElements : 0], dtype: x.Q.dtype));
            var pass = new MlstmForwardPass<TLanes, TVector, T>(shape, x, Results, options.Reverse, options.Eps);
            SampleStages.AddOrRun(stages, shape.Batch * shape.Heads, Cost * shape.MultiplyAdds, pass.Run, x, Results);
        }
    }

    private readonly struct BackwardJob(
        MlstmTensors x, MlstmResults results, Tensor outGradient, MlstmTensors gradients, CpuMlstmOptions options,
        SampleStages? stages) : ILaneJob
    {
        public void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var shape = new MlstmShape(x, options.Chunk, TLanes.Count);
            var pass = new MlstmBackwardPass<TLanes, TVector, T>(
                shape, x, results, outGradient, gradients, options.Reverse, options.Eps);
            SampleStages.AddOrRun(
                stages, shape.Batch * shape.Heads, 2.5 * Cost * shape.MultiplyAdds, pass.Run, x, results, outGradient, gradients);
        }
    }
}
