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
    /// <param name="addTo">What is added to in place of a bias, of whole vectors; null: a tensor of its own.</param>
    /// <param name="stages">Where the work is added, of tokens <c>(B, S, in)</c>; null: it is done at once.</param>
    /// <returns>Contiguous <c>(..., out)</c>.</returns>
    public static Tensor Forward(
        Tensor x, Tensor weight, Tensor? bias, LaneWidth width, Tensor? addTo = null, SampleStages? stages = null)
    {
        var job = new ForwardJob(stages is null ? Tokens(x) : x, weight, bias, addTo, stages);
        LaneJobs.Run(ref job, x.dtype, width);
        return job.Out!.view([.. x.shape[..^1], weight.shape[0]]);
    }

    /// <summary>Goes back.</summary>
    /// <param name="x">Tokens <c>(..., in)</c>, channels side by side.</param>
    /// <param name="weight"><c>(out, in)</c>, the rows' elements side by side.</param>
    /// <param name="outGradient">Gradient of the outputs, channels side by side.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <returns>Gradients of the tokens, the weight and the bias.</returns>
    public static (Tensor X, Tensor Weight, Tensor Bias) Backward(
        Tensor x, Tensor weight, Tensor outGradient, LaneWidth width)
    {
        var (tokens, gradient) = (Tokens(x), Tokens(outGradient));
        // The two may be cut into samples differently where one has gaps and the other has none.
        gradient = gradient.shape[0] == tokens.shape[0] ? gradient : gradient.reshape([.. tokens.shape[..^1], gradient.shape[^1]]);
        var dx = OfTokens(weight, gradient, width, null, null);
        var (dWeight, dBias) = OfWeight(tokens, gradient, width, null);
        return (dx.view(x.shape), dWeight, dBias);
    }

    /// <summary>The gradient of the tokens <c>(B, S, in)</c>.</summary>
    /// <param name="weight">As in <see cref="Forward"/>.</param>
    /// <param name="outGradient"><c>(B, S, out)</c>, channels side by side.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <param name="addTo">What it is added to, contiguous; null: a tensor of its own.</param>
    /// <param name="stages">Where the work is added, which then may add only to tokens of whole vectors; null: it is done at
    /// once.</param>
    public static Tensor OfTokens(Tensor weight, Tensor outGradient, LaneWidth width, Tensor? addTo, SampleStages? stages)
    {
        var job = new OfTokensJob(weight, outGradient, addTo, stages);
        LaneJobs.Run(ref job, outGradient.dtype, width);
        return job.X!;
    }

    /// <summary>Gradients of weight and bias.</summary>
    /// <param name="x"><c>(B, S, in)</c>, channels side by side.</param>
    /// <param name="outGradient"><c>(B, S, out)</c>, channels side by side.</param>
    /// <param name="width">Vectors to compute with.</param>
    /// <param name="stages">Where the work is added, the pieces being of all samples together; null: it is done at once.</param>
    public static (Tensor Weight, Tensor Bias) OfWeight(Tensor x, Tensor outGradient, LaneWidth width, SampleStages? stages)
    {
        var whole = x.is_contiguous() && outGradient.is_contiguous();
        var job = whole ? new OfWeightJob(Tokens(x), Tokens(outGradient), stages) : new OfWeightJob(x, outGradient, stages);
        LaneJobs.Run(ref job, x.dtype, width);
        return (job.Weight!, job.Bias!);
    }

    /// <summary>As <c>(B, S, channels)</c>: one sample where they lie without gaps, so that pieces are as long as can be.</summary>
    private static Tensor Tokens(Tensor x) =>
        x.dim() == 3 && !x.is_contiguous() ? x : x.reshape(1, -1, x.shape[^1]);

    private static (int Batch, int Tokens, int Channels) Sizes(Tensor x) =>
        (checked((int)x.shape[0]), checked((int)x.shape[1]), checked((int)x.shape[2]));

    /// <summary>Tokens times a matrix, into tokens or added to them.</summary>
    private static void Multiply<TLanes, TVector, T>(
        TokenPieces pieces, PackedMatrix<TLanes, TVector, T> matrix, Tensor x, Tensor y, bool adds, SampleStages? stages)
        where TLanes : ILanes<TVector, T>
        where TVector : unmanaged
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var pass = new TokenProducts<TLanes, TVector, T>(pieces, matrix, new TokenRows<T>(x), new TokenRows<T>(y), adds);
        SampleStages.AddOrRun(stages, pass.Pieces, Cost * x.numel() * y.shape[^1], pass.Run, x, y);
    }

    private struct ForwardJob(Tensor x, Tensor weight, Tensor? bias, Tensor? addTo, SampleStages? stages) : ILaneJob
    {
        public Tensor? Out { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (batch, tokens, inputs) = Sizes(x);
            var outputs = checked((int)weight.shape[0]);
            Out = addTo ?? empty([batch, tokens, outputs], dtype: x.dtype);
            var matrix = new PackedMatrix<TLanes, TVector, T>(inputs, outputs, TensorMemory.Pointer<T>(bias));
            using var unlessLater = stages is null ? matrix : null;
            stages?.Own(matrix);
            matrix.ReadTransposed(TensorMemory.Pointer<T>(weight), (nint)weight.stride(0));
            Multiply(new TokenPieces(batch, tokens), matrix, x, Out, addTo is not null, stages);
            GC.KeepAlive(weight);
            GC.KeepAlive(bias);
        }
    }

    private struct OfTokensJob(Tensor weight, Tensor outGradient, Tensor? addTo, SampleStages? stages) : ILaneJob
    {
        public Tensor? X { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (batch, tokens, outputs) = Sizes(outGradient);
            var inputs = checked((int)weight.shape[1]);
            var adds = addTo is not null && inputs % TLanes.Count == 0;
            X = adds ? addTo : empty([batch, tokens, inputs], dtype: outGradient.dtype);
            var matrix = new PackedMatrix<TLanes, TVector, T>(outputs, inputs, null);
            using var unlessLater = stages is null ? matrix : null;
            stages?.Own(matrix);
            matrix.Read(TensorMemory.Pointer<T>(weight), (nint)weight.stride(0));
            Multiply(new TokenPieces(batch, tokens), matrix, outGradient, X!, adds, stages);
            if (!adds)
            {
                X = addTo?.add_(X!) ?? X;
            }

            GC.KeepAlive(weight);
        }
    }

    private struct OfWeightJob(Tensor x, Tensor outGradient, SampleStages? stages) : ILaneJob
    {
        public Tensor? Weight { get; private set; }

        public Tensor? Bias { get; private set; }

        public unsafe void Run<TLanes, TVector, T>()
            where TLanes : ILanes<TVector, T>
            where TVector : unmanaged
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var (batch, tokens, inputs) = Sizes(x);
            var outputs = checked((int)outGradient.shape[2]);
            Weight = empty([outputs, inputs], dtype: x.dtype);
            Bias = empty([outputs], dtype: x.dtype);
            var pass = new WeightGradient<TLanes, TVector, T>(
                batch, tokens, new TokenRows<T>(x), inputs, new TokenRows<T>(outGradient), outputs,
                (nint)TensorMemory.Pointer<T>(Weight), (nint)TensorMemory.Pointer<T>(Bias));
            SampleStages.AddOrRun(stages, pass.Pieces, Cost * x.numel() * outputs, pass.Run, x, outGradient, Weight, Bias);
        }
    }
}
