using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock.Cpu;

/// <summary>The fused block on vectors of the CPU.</summary>
internal static class CpuVilBlock
{
    /// <summary>Runs the block.</summary>
    /// <param name="x">Tokens <c>(B, S, D)</c>, channels side by side.</param>
    /// <param name="weights">Parameters.</param>
    /// <param name="options">How the tokens are read.</param>
    /// <param name="width">Vectors of four numbers or more.</param>
    /// <returns>Contiguous <c>(B, S, D)</c>.</returns>
    public static Tensor Forward(Tensor x, VilBlockWeights weights, VilBlockOptions options, LaneWidth width)
    {
        var job = new ForwardJob(x, Contiguous(weights), options);
        LaneJobs.Run(ref job, x.dtype, width);
        return job.Out!;
    }

    private static VilBlockWeights Contiguous(VilBlockWeights x) =>
        new(x.Norm?.Contiguous(), x.Up.Contiguous(), x.Mixer.Contiguous(), x.Down.Contiguous());

    private struct ForwardJob(Tensor x, VilBlockWeights weights, VilBlockOptions options) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Out = empty(x.shape, dtype: x.dtype);
            var shape = new VilBlockShape(
                checked((int)x.shape[2]), checked((int)weights.Mixer.InputGate.Weight.shape[0]),
                options.Conv(1, weights.Mixer.Conv.Weight), options.Reverse, options.Chunk);
            using var matrices = new VilBlockMatrices<TLanes, TVector, T>(shape, weights);
            new VilBlockRun<TLanes, TVector, T>(shape, matrices, new TokenRows<T>(x), new TokenRows<T>(Out), options.Eps)
                .Run(checked((int)x.shape[0]));
            GC.KeepAlive(x);
            GC.KeepAlive(weights);
        }
    }
}
