using SegLstm.Kernels.BlockLinear;
using SegLstm.Kernels.BlockLinear.Cpu;
using SegLstm.Kernels.DenseLinear.Cpu;
using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Kernels.DepthwiseConv.Cpu;
using SegLstm.Kernels.HeadNorm.Cpu;
using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.Mlstm.Cpu;
using SegLstm.Kernels.Simd;
using SegLstm.Kernels.SkipGate.Cpu;
using SegLstm.Kernels.Tokens;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.VilBlock;

/// <summary>The kernels between a ViL layer's projections, one after the other, forward and backward.</summary>
internal sealed class VilMixerFunction : autograd.SingleTensorFunction<VilMixerFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(VilMixer);

    /// <summary>Runs them, and records a gradient where one may be asked for.</summary>
    /// <param name="projected">Both halves of the up-projection <c>(B, S, 2E)</c>.</param>
    /// <param name="weights">Parameters.</param>
    /// <param name="options">How the tokens are read.</param>
    /// <param name="width">Vectors of four numbers or more.</param>
    public static Tensor Run(Tensor projected, VilMixerWeights weights, VilBlockOptions options, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        Tensor?[] given = [projected, .. weights.All];
        var y = TokenTensors.WantGradient(given)
            ? apply([.. given!, options, width])
            : Compute(TokenTensors.Ready(projected), weights, options, width, keep: false).Out;
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (projected, weights) = (TokenTensors.Ready((Tensor)vars[0]), VilMixerWeights.Of(vars.AsSpan(1..^2)));
        var (options, width) = ((VilBlockOptions)vars[^2], (LaneWidth)vars[^1]);
        var (steps, y) = Compute(projected, weights, options, width, keep: true);
        ctx.save_for_backward([projected, .. steps.All, .. weights.All.OfType<Tensor>()]);
        ctx.save_data("given", weights.All.Select(parameter => parameter is not null).ToArray());
        ctx.save_data("options", options);
        ctx.save_data("width", width);
        return y;
    }

    /// <inheritdoc/>
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        HandwrittenGradient.RefuseSecond(nameof(MlstmSequence));
        var (saved, width) = (ctx.get_saved_variables(), (LaneWidth)ctx.get_data("width")!);
        var (projected, steps) = (saved[0], Steps.Of(saved.Skip(1).Take(Steps.Count).ToArray()));
        var parameters = new Queue<Tensor>(saved.Skip(1 + Steps.Count));
        var weights = VilMixerWeights.Of(
            ((bool[])ctx.get_data("given")!).Select(given => given ? parameters.Dequeue() : (object?)null).ToArray());
        var options = (VilBlockOptions)ctx.get_data("options")!;
        var (c, cell, inner) = (steps.Convolved, steps.Cell, projected.shape[^1] / 2);
        var gradient = empty(projected.shape, dtype: projected.dtype);
        var (dMixed, dGating) = (gradient.narrow(-1, 0, inner), gradient.narrow(-1, inner, inner));

        var (dNormed, dc, dSkip, _) = CpuSkipGate.Backward(
            steps.Normed, c, weights.Skip.contiguous(), projected.narrow(-1, inner, inner), TokenTensors.Ready(grad_output), width,
            dGating);
        var (dh, dNorm, dNormBias) = CpuHeadNorm.Backward(
            steps.Retrieved.H, weights.OutNorm.Weight + 1, steps.Statistics!, dNormed, width);
        var d = CpuMlstm.Backward(cell, steps.Retrieved, dh, Options(options, width));
        var (dq, dk, dv) = (Tokens(d.Q), Tokens(d.K), Tokens(d.V));
        var (dGates, dGateBiases) = GatesBackward(cell, d, (dq, dk, dv), weights, width);

        // What the convolved tokens give to queries and keys; the convolution's turn is when all of their gradient is there.
        var ofQ = MapBackward(c, weights.Q, dq, dc, width);
        var ofK = MapBackward(c, weights.K, dk, dc, width);
        var mixed = projected.narrow(-1, 0, inner);
        var (_, dTaps, dConvBias) = CpuConv.Backward(
            mixed, DepthwiseConvFunction.Taps(weights.Conv.Weight), weights.Conv.Bias?.contiguous(), dc,
            options.Conv(checked((int)projected.shape[0]), weights.Conv.Weight), true, width, dMixed);
        var ofV = MapBackward(mixed, weights.V, dv, dMixed, width);

        var heads = weights.InputGate.Weight.shape[0];
        Tensor OfBias(Affine layer, Tensor bias) => layer.Bias is null ? null! : bias;
        return
        [
            gradient,
            dTaps.transpose(0, 1).reshape(weights.Conv.Weight.shape), OfBias(weights.Conv, dConvBias),
            ofQ.Weight, ofQ.Bias!, ofK.Weight, ofK.Bias!, ofV.Weight, ofV.Bias!,
            dGates.narrow(0, 0, heads), OfBias(weights.InputGate, dGateBiases.narrow(0, 0, heads)),
            dGates.narrow(0, heads, heads), OfBias(weights.ForgetGate, dGateBiases.narrow(0, heads, heads)),
            dNorm, OfBias(weights.OutNorm, dNormBias), dSkip, null!, null!,
        ];
    }

    private static (Steps Steps, Tensor Out) Compute(
        Tensor projected, VilMixerWeights weights, VilBlockOptions options, LaneWidth width, bool keep)
    {
        var inner = projected.shape[^1] / 2;
        var (mixed, gating) = (projected.narrow(-1, 0, inner), projected.narrow(-1, inner, inner));
        Tensor Map(Tensor x, Affine map) =>
            CpuBlockLinear.Forward(x, BlockLinearFunction.Columns(map.Weight), map.Bias?.contiguous(), width);
        var c = CpuConv.Forward(
            mixed, DepthwiseConvFunction.Taps(weights.Conv.Weight), weights.Conv.Bias?.contiguous(),
            options.Conv(checked((int)projected.shape[0]), weights.Conv.Weight), true, width);
        var (q, k, v, heads) = (Map(c, weights.Q), Map(c, weights.K), Map(mixed, weights.V), weights.InputGate.Weight.shape[0]);
        var gates = Gates(q, k, v, weights, width).transpose(1, 2);
        Tensor Split(Tensor x) => x.view(x.shape[0], x.shape[1], heads, -1).transpose(1, 2);
        var cell = new MlstmTensors(Split(q), Split(k), Split(v), gates.narrow(1, 0, heads), gates.narrow(1, heads, heads));
        var retrieved = CpuMlstm.Forward(cell, Options(options, width), keep);
        var (normed, statistics) = CpuHeadNorm.Forward(
            retrieved.H, weights.OutNorm.Weight + 1, weights.OutNorm.Bias?.contiguous(), VilBlockOptions.NormEps, keep, width);
        var y = CpuSkipGate.Forward(normed, c, weights.Skip.contiguous(), gating, width);
        return (new Steps(c, cell, retrieved, statistics, normed), y);
    }

    /// <summary>Both gates of every head <c>(B, S, 2H)</c>. Joined, q, k and v would be copied only to be multiplied once.</summary>
    private static Tensor Gates(Tensor q, Tensor k, Tensor v, VilMixerWeights weights, LaneWidth width)
    {
        var parts = GateParts(weights);
        return CpuDenseLinear.Forward(q, parts[0], null, width).add_(CpuDenseLinear.Forward(k, parts[1], null, width))
            .add_(CpuDenseLinear.Forward(v, parts[2], GateBias(weights), width));
    }

    /// <summary>Gradients of the gates' weights <c>(2H, 3E)</c> and biases <c>(2H)</c>; those of q, k and v are added to what the cell
    /// gave them.</summary>
    private static (Tensor Weights, Tensor Biases) GatesBackward(
        MlstmTensors cell, MlstmTensors gradients, (Tensor Q, Tensor K, Tensor V) tokens, VilMixerWeights weights, LaneWidth width)
    {
        var ofGates = cat([gradients.I, gradients.F], 1).transpose(1, 2).contiguous();
        var parts = GateParts(weights);
        var ofQ = CpuDenseLinear.Backward(Tokens(cell.Q), parts[0], ofGates, width, tokens.Q);
        var ofK = CpuDenseLinear.Backward(Tokens(cell.K), parts[1], ofGates, width, tokens.K);
        var ofV = CpuDenseLinear.Backward(Tokens(cell.V), parts[2], ofGates, width, tokens.V);
        return (cat([ofQ.Weight, ofK.Weight, ofV.Weight], 1), ofQ.Bias);
    }

    private static (Tensor Weight, Tensor? Bias) MapBackward(Tensor x, Affine map, Tensor gradient, Tensor addTo, LaneWidth width)
    {
        var (_, columns, bias) = CpuBlockLinear.Backward(
            x, BlockLinearFunction.Columns(map.Weight.transpose(1, 2)), gradient, width, addTo);
        return (BlockLinearFunction.Blocks(columns), map.Bias is null ? null : bias);
    }

    /// <summary>What q, k and v give to both gates of all heads.</summary>
    private static Tensor[] GateParts(VilMixerWeights weights) =>
        cat([weights.InputGate.Weight, weights.ForgetGate.Weight], 0).chunk(3, 1);

    private static Tensor? GateBias(VilMixerWeights weights) => weights.InputGate.Bias is { } input && weights.ForgetGate.Bias is { } forget
        ? cat([input, forget], 0) : null;

    /// <summary><c>(B, H, S, W)</c> as <c>(B, S, E)</c>: a view of what lies token after token.</summary>
    private static Tensor Tokens(Tensor heads) => heads.transpose(1, 2).flatten(2);

    private static CpuMlstmOptions Options(VilBlockOptions options, LaneWidth width) =>
        new(options.Reverse, options.Chunk, options.Eps, width);

    /// <summary>What a forward pass computed on its way; the statistics only where a backward pass will follow.</summary>
    private sealed record Steps(
        Tensor Convolved, MlstmTensors Cell, MlstmResults Retrieved, Tensor? Statistics, Tensor Normed)
    {
        /// <summary>Tensors of <see cref="All"/>.</summary>
        public const int Count = 11;

        /// <summary>All of them, for <see cref="Of"/>.</summary>
        public Tensor[] All =>
        [
            Convolved, Cell.Q, Cell.K, Cell.V, Cell.I, Cell.F, Retrieved.H, Retrieved.Dots, Retrieved.Kept, Statistics!, Normed,
        ];

        /// <summary>The steps in the order of <see cref="All"/>.</summary>
        public static Steps Of(Tensor[] all) => new(
            all[0], new MlstmTensors(all[1], all[2], all[3], all[4], all[5]), new MlstmResults(all[6], all[7], all[8]), all[9],
            all[10]);
    }
}
