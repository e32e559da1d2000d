using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SkipGate.Cpu;

/// <summary>The gate on vectors of the CPU, forward and backward.</summary>
internal static class CpuSkipGate
{
    // About what an element takes in nanoseconds, to see whether threads pay.
    private const double ForwardCost = 1;
    private const double BackwardCost = 1.5;

    /// <summary>Gates.</summary>
    /// <param name="h">Cell's output <c>(B, S, E)</c>, channels side by side; so c and z.</param>
    /// <param name="c">What goes round the cell.</param>
    /// <param name="skip">Contiguous <c>(E)</c>.</param>
    /// <param name="z">Gate.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <param name="stages">Where the work is added; null: it is done at once.</param>
    /// <returns>Contiguous <c>(B, S, E)</c>.</returns>
    public static Tensor Forward(Tensor h, Tensor c, Tensor skip, Tensor z, LaneWidth width, SampleStages? stages = null)
    {
        var job = new ForwardJob(h, c, skip, z, stages);
        LaneJobs.Run(ref job, h.dtype, width);
        return job.Out!;
    }

    /// <summary>Goes back; parameters as <see cref="Forward"/>, the gradient of the outputs, and where that of z goes: null, to a
    /// tensor of its own.</summary>
    /// <returns>Gradients of h, c and z, and what their pieces give to that of skip <c>(pieces, E)</c>.</returns>
    public static (Tensor H, Tensor C, Tensor Z, Tensor PartSums) Backward(
        Tensor h, Tensor c, Tensor skip, Tensor z, Tensor outGradient, LaneWidth width, Tensor? zGradient = null,
        SampleStages? stages = null)
    {
        var job = new BackwardJob(h, c, skip, z, outGradient, zGradient ?? empty(h.shape, dtype: h.dtype), stages);
        LaneJobs.Run(ref job, h.dtype, width);
        return (job.H!, job.C!, job.Z, job.PartSums!);
    }

    private static (TokenPieces Pieces, int Channels) Sizes(Tensor h) =>
        (new(checked((int)h.shape[0]), checked((int)h.shape[1])), checked((int)h.shape[2]));

    private struct ForwardJob(Tensor h, Tensor c, Tensor skip, Tensor z, SampleStages? stages) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Out = empty(h.shape, dtype: h.dtype);
            var (pieces, channels) = Sizes(h);
            var pass = new GateForward<TLanes, TVector, T>(
                pieces, channels, new TokenRows<T>(h), new TokenRows<T>(c), (nint)TensorMemory.Pointer<T>(skip),
                new TokenRows<T>(z), new TokenRows<T>(Out));
            SampleStages.AddOrRun(stages, pieces.Count, ForwardCost * h.numel(), pass.Run, h, c, skip, z, Out);
        }
    }

    private struct BackwardJob(
        Tensor h, Tensor c, Tensor skip, Tensor z, Tensor outGradient, Tensor zGradient, SampleStages? stages) : ILaneJob
    {
        public Tensor? H { get; private set; }

        public Tensor? C { get; private set; }

        public Tensor? PartSums { get; private set; }

        public Tensor Z { get; } = zGradient;

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (pieces, channels) = Sizes(h);
            (H, C) = (empty(h.shape, dtype: h.dtype), empty(h.shape, dtype: h.dtype));
            PartSums = zeros([pieces.Count, channels], dtype: h.dtype);
            var pass = new GateBackward<TLanes, TVector, T>(
                pieces, channels, new TokenRows<T>(h), new TokenRows<T>(c), (nint)TensorMemory.Pointer<T>(skip),
                new TokenRows<T>(z), new TokenRows<T>(outGradient), new TokenRows<T>(H), new TokenRows<T>(C),
                (nint)TensorMemory.Pointer<T>(PartSums), new TokenRows<T>(Z));
            SampleStages.AddOrRun(
                stages, pieces.Count, BackwardCost * h.numel(), pass.Run, h, c, skip, z, outGradient, H, C, Z, PartSums);
        }
    }
}
