using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Attention.Cpu;

/// <summary>Attention on vectors of the CPU, forward and backward.</summary>
internal static class CpuAttention
{
    // About what a multiply-add and a weight take in nanoseconds, to see whether threads pay.
    private const double Cost = 0.013, CostOfWeight = 0.4;

    /// <summary>Mixes tokens.</summary>
    /// <param name="qkv"><c>(..., N, 3D)</c>, channels side by side.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="bias">Broadcasts to <c>(..., heads, N, N)</c>; null: none.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <returns>Contiguous <c>(..., N, D)</c>.</returns>
    public static Tensor Forward(Tensor qkv, long heads, Tensor? bias, LaneWidth width)
    {
        var shape = AttentionShape.Of(qkv, heads);
        var job = new ForwardJob(shape, Sequences(qkv), bias, qkv.shape[..^2]);
        LaneJobs.Run(ref job, qkv.dtype, width);
        return job.Out!.view([.. qkv.shape[..^1], shape.Dim]);
    }

    /// <summary>Goes back.</summary>
    /// <param name="qkv"><c>(..., N, 3D)</c>, channels side by side.</param>
    /// <param name="heads">Heads.</param>
    /// <param name="bias">Broadcasts to <c>(..., heads, N, N)</c>; null: none.</param>
    /// <param name="outGradient">Gradient of the output <c>(..., N, D)</c>, channels side by side.</param>
    /// <param name="ofBias">Whether the gradient of the bias is wanted.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <returns>The gradient of <paramref name="qkv"/>, and of the bias before it was broadcast <c>(..., heads, N, N)</c>, or null.</returns>
    public static (Tensor Qkv, Tensor? Bias) Backward(
        Tensor qkv, long heads, Tensor? bias, Tensor outGradient, bool ofBias, LaneWidth width)
    {
        var shape = AttentionShape.Of(qkv, heads);
        var job = new BackwardJob(shape, Sequences(qkv), bias, qkv.shape[..^2], Sequences(outGradient), ofBias);
        LaneJobs.Run(ref job, qkv.dtype, width);
        return (job.Qkv!.view(qkv.shape), job.Scores?.narrow(-1, 0, shape.Tokens).transpose(-2, -1)
            .reshape([.. qkv.shape[..^2], heads, shape.Tokens, shape.Tokens]));
    }

    private static Tensor Sequences(Tensor x) => x.dim() == 3 ? x : x.reshape(-1, x.shape[^2], x.shape[^1]);

    private static double Nanoseconds(in AttentionShape shape, int products) =>
        (double)shape.Batch * shape.Heads * shape.Tokens * shape.Tokens * ((products * Cost * shape.Width) + CostOfWeight);

    private struct ForwardJob(AttentionShape shape, Tensor qkv, Tensor? bias, long[] leading) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Out = empty([shape.Batch, shape.Tokens, shape.Dim], dtype: qkv.dtype);
            using var turned = bias is null ? null : new TurnedBias<T>(bias, leading, shape.Heads, shape.Tokens);
            var pass = new AttentionForward<TLanes, TVector, T>(shape, new TokenRows<T>(qkv), turned, new TokenRows<T>(Out));
            Workers.Run(pass.Pieces, Nanoseconds(shape, 2), pass.Run);
            GC.KeepAlive(qkv);
        }
    }

    private struct BackwardJob(
        AttentionShape shape, Tensor qkv, Tensor? bias, long[] leading, Tensor outGradient, bool ofBias) : ILaneJob
    {
        public Tensor? Qkv { get; private set; }

        public Tensor? Scores { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            Qkv = empty([shape.Batch, shape.Tokens, 3 * shape.Dim], dtype: qkv.dtype);
            Scores = ofBias
                ? empty([shape.Batch, shape.Heads, shape.Tokens, TurnedBias<T>.Filled(shape.Tokens)], dtype: qkv.dtype) : null;
            using var turned = bias is null ? null : new TurnedBias<T>(bias, leading, shape.Heads, shape.Tokens);
            var pass = new AttentionBackward<TLanes, TVector, T>(
                shape, new TokenRows<T>(qkv), turned, new TokenRows<T>(outGradient), new TokenRows<T>(Qkv), (nint)TensorMemory.Pointer<T>(Scores));
            Workers.Run(pass.Pieces, Nanoseconds(shape, 5), pass.Run);
            GC.KeepAlive(qkv);
            GC.KeepAlive(outGradient);
        }
    }
}
