using System.Numerics;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.Tokens;
using static TorchSharp.torch;

namespace SegLstm.Kernels.DenseLinear.Cpu;

/// <summary>The affine map on vectors of the CPU, forward and backward.</summary>
internal static class CpuDenseLinear
{
    // About what a multiply-add takes in nanoseconds, to see whether threads pay.
    private const double Cost = 0.013;

    /// <summary>Maps tokens.</summary>
    /// <param name="x">Tokens <c>(..., in)</c>, channels side by side.</param>
    /// <param name="weight"><c>(out, in)</c>, the rows' elements side by side.</param>
    /// <param name="bias">Contiguous <c>(out)</c>; null: nothing.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <returns>Contiguous <c>(..., out)</c>.</returns>
    public static Tensor Forward(Tensor x, Tensor weight, Tensor? bias, LaneWidth width)
    {
        var job = new ForwardJob(Tokens(x), weight, bias);
        LaneJobs.Run(ref job, x.dtype, width);
        return job.Out!.view([.. x.shape[..^1], weight.shape[0]]);
    }

    /// <summary>Goes back.</summary>
    /// <param name="x">Tokens <c>(..., in)</c>, channels side by side.</param>
    /// <param name="weight"><c>(out, in)</c>, the rows' elements side by side.</param>
    /// <param name="outGradient">Gradient of the outputs, channels side by side.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <param name="addTo">What the gradient of the tokens is added to, contiguous; null: a tensor of its own.</param>
    /// <returns>Gradients of the tokens, the weight and the bias.</returns>
    public static (Tensor X, Tensor Weight, Tensor Bias) Backward(
        Tensor x, Tensor weight, Tensor outGradient, LaneWidth width, Tensor? addTo = null)
    {
        var job = new BackwardJob(Tokens(x), weight, Tokens(outGradient), addTo?.view(Tokens(x).shape));
        LaneJobs.Run(ref job, x.dtype, width);
        return (job.X!.view(x.shape), job.Weight!, job.Bias!);
    }

    /// <summary>As <c>(B, S, channels)</c>: one sample where they lie without gaps, so that pieces are as long as can be.</summary>
    private static Tensor Tokens(Tensor x) =>
        x.dim() == 3 && !x.is_contiguous() ? x : x.reshape(1, -1, x.shape[^1]);

    private static (int Batch, int Tokens, int Channels) Sizes(Tensor x) =>
        (checked((int)x.shape[0]), checked((int)x.shape[1]), checked((int)x.shape[2]));

    private struct ForwardJob(Tensor x, Tensor weight, Tensor? bias) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (batch, tokens, inputs) = Sizes(x);
            var outputs = checked((int)weight.shape[0]);
            Out = empty([batch, tokens, outputs], dtype: x.dtype);
            using var matrix = new PackedMatrix<TLanes, TVector, T>(inputs, outputs, TensorMemory.Pointer<T>(bias));
            matrix.ReadTransposed(TensorMemory.Pointer<T>(weight), (nint)weight.stride(0));
            var pass = new TokenProducts<TLanes, TVector, T>(
                new TokenPieces(batch, tokens), matrix, new TokenRows<T>(x), new TokenRows<T>(Out));
            Workers.Run(pass.Pieces, Cost * x.numel() * outputs, pass.Run);
            GC.KeepAlive(x);
            GC.KeepAlive(weight);
            GC.KeepAlive(bias);
        }
    }

    private struct BackwardJob(Tensor x, Tensor weight, Tensor outGradient, Tensor? addTo) : ILaneJob
    {
        public Tensor? X { get; private set; }

        public Tensor? Weight { get; private set; }

        public Tensor? Bias { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (batch, tokens, inputs) = Sizes(x);
            var outputs = checked((int)weight.shape[0]);

            // The two may be cut into samples differently where one has gaps and the other has none.
            if (outGradient.shape[0] != batch)
            {
                outGradient = outGradient.reshape(batch, tokens, outputs);
            }

            var adds = addTo is not null && inputs % TLanes.Count == 0;
            X = adds ? addTo : empty(x.shape, dtype: x.dtype);
            Weight = empty([outputs, inputs], dtype: x.dtype);
            Bias = empty([outputs], dtype: x.dtype);
            var gradients = new TokenRows<T>(outGradient);
            using (var matrix = new PackedMatrix<TLanes, TVector, T>(outputs, inputs, null))
            {
                matrix.Read(TensorMemory.Pointer<T>(weight), (nint)weight.stride(0));
                var pass = new TokenProducts<TLanes, TVector, T>(
                    new TokenPieces(batch, tokens), matrix, gradients, new TokenRows<T>(X!), adds);
                Workers.Run(pass.Pieces, Cost * x.numel() * outputs, pass.Run);
                if (!adds)
                {
                    X = addTo?.add_(X!) ?? X;
                }
            }

            var ofWeight = new WeightGradient<TLanes, TVector, T>(
                batch, tokens, new TokenRows<T>(x), inputs, gradients, outputs, (nint)TensorMemory.Pointer<T>(Weight),
                (nint)TensorMemory.Pointer<T>(Bias));
            Workers.Run(ofWeight.Pieces, Cost * x.numel() * outputs, ofWeight.Run);
            GC.KeepAlive(x);
            GC.KeepAlive(weight);
            GC.KeepAlive(outGradient);
        }
    }
}
