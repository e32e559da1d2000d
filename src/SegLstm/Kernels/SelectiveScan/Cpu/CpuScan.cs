using System.Numerics;
using SegLstm.Kernels.Simd;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>The selective scan on vectors of the CPU, forward and backward.</summary>
internal static class CpuScan
{
    // About what a token and channel takes, and each of its states, in nanoseconds, to see whether threads pay.
    private static readonly (double Token, double State) ForwardCost = (2, 0.15);
    private static readonly (double Token, double State) BackwardCost = (5, 0.45);
    private const double CopyCost = 0.3;

    /// <summary>Scans.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="keep">Whether a backward pass will follow.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <returns>Outputs <c>(B, D, L)</c>, last state <c>(B, D, N)</c>, and kept states for <see cref="Backward"/>.</returns>
    public static (Tensor Out, Tensor LastState, Tensor Kept) Forward(ScanTensors x, bool keep, LaneWidth width)
    {
        var job = new ForwardJob(x, keep);
        Dispatch(job, x, width);
        return (job.Out!, job.LastState!, job.Kept!);
    }

    /// <summary>Goes back.</summary>
    /// <param name="x">Inputs.</param>
    /// <param name="kept">What the forward pass kept, with vectors of the same width.</param>
    /// <param name="outGradient">Gradient of the outputs.</param>
    /// <param name="stateGradient">Gradient of the last state.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <returns>Gradients of the inputs; those of D, z and δ also where these are missing.</returns>
    public static ScanTensors Backward(ScanTensors x, Tensor kept, Tensor outGradient, Tensor stateGradient, LaneWidth width)
    {
        var job = new BackwardJob(x, kept, outGradient, stateGradient);
        Dispatch(job, x, width);
        return job.Gradients!;
    }

    /// <summary>Input or output weights as the kernels take them: <c>(B, G, N, L)</c> to <c>(B, G, L, N)</c>.</summary>
    /// <param name="weights">Weights; such as <c>(D, N)</c> stay as they are.</param>
    public static unsafe Tensor TokensFirst(Tensor weights)
    {
        if (weights.dim() == 2)
        {
            return weights;
        }

        var turned = weights.transpose(2, 3);
        if (turned.is_contiguous())
        {
            return turned;
        }

        using var source = weights.contiguous();
        turned = empty(turned.shape, dtype: weights.dtype);
        if (weights.dtype == ScalarType.Float64)
        {
            Turn<double>(source, turned);
        }
        else
        {
            Turn<float>(source, turned);
        }

        return turned;
    }

    private static unsafe void Turn<T>(Tensor source, Tensor target)
        where T : unmanaged
    {
        T* from = TensorMemory.Pointer<T>(source), to = TensorMemory.Pointer<T>(target);
        var (states, length) = ((int)source.shape[2], (int)source.shape[3]);
        var matrix = (nint)states * length;
        Workers.Run((int)(source.numel() / matrix), source.numel() * CopyCost, group =>
            Transposition.Copy(from + (group * matrix), length, states, length, to + (group * matrix), states));
        GC.KeepAlive(source);
        GC.KeepAlive(target);
    }

    private static void Dispatch(IScanJob job, ScanTensors x, LaneWidth width)
    {
        var weighted = new WeightedJob(job, x);
        LaneJobs.Run(ref weighted, x.U.dtype, width);
    }

    private interface IScanJob
    {
        void Run<TLanes, TVector, T, TInput, TOutput>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, INumberBase<T>
            where TInput : IWeighting
            where TOutput : IWeighting;
    }

    /// <summary>A job once vectors and element type are known: chooses the layout of the weights.</summary>
    private readonly struct WeightedJob(IScanJob job, ScanTensors x) : ILaneJob
    {
        public void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            switch (x.B.dim() == 2, x.C.dim() == 2)
            {
                case (false, false):
                    job.Run<TLanes, TVector, T, PerToken, PerToken>();
                    break;
                case (false, true):
                    job.Run<TLanes, TVector, T, PerToken, PerChannel>();
                    break;
                case (true, false):
                    job.Run<TLanes, TVector, T, PerChannel, PerToken>();
                    break;
                case (true, true):
                    job.Run<TLanes, TVector, T, PerChannel, PerChannel>();
                    break;
            }
        }
    }

    private sealed class ForwardJob(ScanTensors x, bool keep) : IScanJob
    {
        public Tensor? Out { get; private set; }

        public Tensor? LastState { get; private set; }

        public Tensor? Kept { get; private set; }

        public unsafe void Run<TLanes, TVector, T, TInput, TOutput>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, INumberBase<T>
            where TInput : IWeighting
            where TOutput : IWeighting
        {
            var shape = x.Shape(TLanes.Count);
            Out = empty_like(x.U);
            LastState = empty([shape.Batch, shape.Channels, shape.States], dtype: x.U.dtype);
            Kept = empty([keep ? shape.KeptElements : 0], dtype: x.U.dtype);
            var layout = x.Layout<TLanes, TVector, T>(shape);
            var pass = new ForwardScan<TLanes, TVector, T, TInput, TOutput>(shape, layout, x.Inputs<T>(), new ScanOutputs<T>
            {
                Out = TensorMemory.Pointer<T>(Out), LastState = TensorMemory.Pointer<T>(LastState),
                Kept = TensorMemory.Pointer<T>(Kept),
            });
            var cost = (ForwardCost.Token + (ForwardCost.State * shape.States)) * x.Delta.numel();
            Workers.Run(pass.Pieces, cost, pass.Run);
            GC.KeepAlive(x);
        }
    }

    private sealed class BackwardJob(ScanTensors x, Tensor kept, Tensor outGradient, Tensor stateGradient) : IScanJob
    {
        public ScanTensors? Gradients { get; private set; }

        public unsafe void Run<TLanes, TVector, T, TInput, TOutput>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, INumberBase<T>
            where TInput : IWeighting
            where TOutput : IWeighting
        {
            var shape = x.Shape(TLanes.Count);
            var type = x.U.dtype;
            Tensor PerSample(params long[] rest) => empty([shape.Batch, shape.Channels, .. rest], dtype: type);
            Tensor Weights(bool perToken) => perToken
                ? empty([shape.Batch, shape.Units, shape.Length, shape.States], dtype: type)
                : PerSample(shape.States);
            var (du, dDelta, dz) = (empty_like(x.U), empty_like(x.Delta), x.Z is null ? null : empty_like(x.Z));
            var (da, db, dc) = (PerSample(shape.States), Weights(TInput.PerToken), Weights(TOutput.PerToken));
            var (dd, dBias) = (PerSample(), PerSample());
            var layout = x.Layout<TLanes, TVector, T>(shape);
            var pass = new BackwardScan<TLanes, TVector, T, TInput, TOutput>(shape, layout, x.Inputs<T>(), new ScanGradients<T>
            {
                Out = TensorMemory.Pointer<T>(outGradient), LastState = TensorMemory.Pointer<T>(stateGradient),
                Kept = TensorMemory.Pointer<T>(kept), U = TensorMemory.Pointer<T>(du), Delta = TensorMemory.Pointer<T>(dDelta),
                A = TensorMemory.Pointer<T>(da), B = TensorMemory.Pointer<T>(db), C = TensorMemory.Pointer<T>(dc),
                D = TensorMemory.Pointer<T>(dd), Z = TensorMemory.Pointer<T>(dz), DeltaBias = TensorMemory.Pointer<T>(dBias),
            });
            var cost = (BackwardCost.Token + (BackwardCost.State * shape.States)) * x.Delta.numel();
            Workers.Run(pass.Pieces, cost, pass.Run);
            GC.KeepAlive(x);
            GC.KeepAlive(kept);
            GC.KeepAlive(outGradient);
            GC.KeepAlive(stateGradient);
            Gradients = new ScanTensors(
                du, dDelta, da.sum(dim: 0), Summed(db, shape.InputGroups), Summed(dc, shape.OutputGroups), dd.sum(dim: 0), dz,
                dBias.sum(dim: 0), x.Softplus, x.Reverse);
        }

        /// <summary>Adds up what units of a group, or samples, gave.</summary>
        private static Tensor Summed(Tensor parts, int groups) =>
            groups == 0 ? parts.sum(dim: 0)
            : groups == parts.shape[1] ? parts
            : parts.view(parts.shape[0], groups, -1, parts.shape[2], parts.shape[3]).sum(dim: 2);
    }
}
