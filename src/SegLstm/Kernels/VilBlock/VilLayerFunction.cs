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

/// <summary>The kernels of a ViL layer one after the other, forward and backward.</summary>
internal sealed class VilLayerFunction : autograd.SingleTensorFunction<VilLayerFunction>
{
    /// <inheritdoc/>
    public override string Name => nameof(VilLayer);

    /// <summary>Runs them, and records a gradient where one may be asked for.</summary>
    /// <param name="x">Tokens <c>(B, S, D)</c>.</param>
    /// <param name="weights">Parameters.</param>
    /// <param name="options">How the tokens are read.</param>
    /// <param name="width">Vectors of four numbers or more.</param>
    public static Tensor Run(Tensor x, VilBlockWeights weights, VilBlockOptions options, LaneWidth width)
    {
        using var scope = NewDisposeScope();
        Tensor?[] given = [x, .. weights.All];
        var y = TokenTensors.WantGradient(given)
            ? apply([.. given!, options, width])
            : Compute(TokenTensors.Ready(x), weights, options, width, keep: false).Out;
        return y.MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        var (x, weights) = (TokenTensors.Ready((Tensor)vars[0]), VilBlockWeights.Of(vars.AsSpan(1..^2)));
        var (options, width) = ((VilBlockOptions)vars[^2], (LaneWidth)vars[^1]);
        var (steps, y) = Compute(x, weights, options, width, keep: true);
        ctx.save_for_backward([x, .. steps.All, .. weights.All.OfType<Tensor>()]);
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
        var parameters = new Queue<Tensor>(saved.Skip(1 + Steps.Count));
        var weights = VilBlockWeights.Of(
            ((bool[])ctx.get_data("given")!).Select(given => given ? parameters.Dequeue() : (object?)null).ToArray());
        var (x, steps) = (saved[0], Steps.Of(saved.Skip(1).Take(Steps.Count).ToArray(), weights.Norm is not null));
        var options = (VilBlockOptions)ctx.get_data("options")!;
        var (mixer, upstream, batch) = (weights.Mixer, TokenTensors.Ready(grad_output), checked((int)x.shape[0]));
        var (c, cell, projected, heads) = (steps.Convolved, steps.Cell, steps.Projected, mixer.InputGate.Weight.shape[0]);
        var inner = projected.shape[^1] / 2;
        var gradient = empty(projected.shape, dtype: x.dtype);
        var (dMixed, dGating) = (gradient.narrow(-1, 0, inner), gradient.narrow(-1, inner, inner));
        var dGates = empty([batch, x.shape[1], 2 * heads], dtype: x.dtype);

        using var stages = Stages(inner);
        var dGated = CpuDenseLinear.OfTokens(TokenTensors.Ready(weights.Down.Weight), upstream, width, null, stages);
        var (dNormed, dc, _, skipSums) = CpuSkipGate.Backward(
            steps.Normed, c, mixer.Skip.contiguous(), projected.narrow(-1, inner, inner), dGated, width, dGating, stages);
        var (dh, outNormSums) = CpuHeadNorm.Backward(
            steps.Retrieved.H, mixer.OutNorm.Weight + 1, steps.Statistics!, dNormed, width, stages);
        var d = CpuMlstm.Backward(
            cell, steps.Retrieved, dh, Options(options, width), (GateOf(dGates, 0, heads), GateOf(dGates, heads, heads)), stages);
        Tensor[] ofCell = [Tokens(d.Q), Tokens(d.K), Tokens(d.V)];
        foreach (var (part, weight) in GateParts(mixer, 0).Index())
        {
            CpuDenseLinear.OfTokens(weight, dGates, width, ofCell[part], stages);
        }

        // What the convolved tokens give to queries and keys; the convolution's turn is when all of their gradient is there.
        var qSums = MapBackward(c, mixer.Q, ofCell[0], dc, width, stages);
        var kSums = MapBackward(c, mixer.K, ofCell[1], dc, width, stages);
        var mixed = projected.narrow(-1, 0, inner);
        var (_, convSums) = CpuConv.Backward(
            mixed, DepthwiseConvFunction.Taps(mixer.Conv.Weight), mixer.Conv.Bias?.contiguous(), dc,
            options.Conv(batch, mixer.Conv.Weight), true, width, dMixed, stages);
        var vSums = MapBackward(mixed, mixer.V, ofCell[2], dMixed, width, stages);
        var dx = CpuDenseLinear.OfTokens(TokenTensors.Ready(weights.Up.Weight), gradient, width, null, stages);
        Tensor? normSums = null;
        if (weights.Norm is { } norm)
        {
            (dx, normSums) = CpuHeadNorm.Backward(Whole(x), norm.Weight + 1, steps.InputStatistics!, dx, width, stages);
            dx = dx.squeeze(1);
        }

        stages?.Run(batch);

        using var sums = new SampleStages();
        var ofUp = CpuDenseLinear.OfWeight(steps.NormedInput ?? x, gradient, width, sums);
        var ofDown = CpuDenseLinear.OfWeight(steps.Gated, upstream, width, sums);
        var ofGates = new[] { cell.Q, cell.K, cell.V }.Select(part => CpuDenseLinear.OfWeight(Tokens(part), dGates, width, sums)).ToArray();
        sums.RunApart();
        Tensor OfBias(Affine layer, Tensor bias) => layer.Bias is null ? null! : bias;
        Tensor[] OfMap(Affine map, Tensor mapSums)
        {
            var (columns, bias) = PartSums.Added(mapSums);
            return [BlockLinearFunction.Blocks(columns), OfBias(map, bias)];
        }

        Tensor[] OfNorm(Affine layer, Tensor layerSums)
        {
            var (weight, bias) = PartSums.Added(layerSums);
            return [weight.squeeze(0), OfBias(layer, bias)];
        }

        var ((dTaps, dConvBias), dGateWeights) = (PartSums.Added(convSums), cat([.. ofGates.Select(part => part.Weight)], 1));
        return
        [
            dx,
            .. normSums is null ? [null!, null!] : OfNorm(weights.Norm!.Value, normSums),
            ofUp.Weight, OfBias(weights.Up, ofUp.Bias),
            dTaps.transpose(0, 1).reshape(mixer.Conv.Weight.shape), OfBias(mixer.Conv, dConvBias),
            .. OfMap(mixer.Q, qSums), .. OfMap(mixer.K, kSums), .. OfMap(mixer.V, vSums),
            dGateWeights.narrow(0, 0, heads), OfBias(mixer.InputGate, ofGates[0].Bias.narrow(0, 0, heads)),
            dGateWeights.narrow(0, heads, heads), OfBias(mixer.ForgetGate, ofGates[0].Bias.narrow(0, heads, heads)),
            .. OfNorm(mixer.OutNorm, outNormSums), skipSums.sum(dim: 0),
            ofDown.Weight, OfBias(weights.Down, ofDown.Bias), null!, null!,
        ];
    }

    private static (Steps Steps, Tensor Out) Compute(
        Tensor x, VilBlockWeights weights, VilBlockOptions options, LaneWidth width, bool keep)
    {
        var (mixer, inner, batch) = (weights.Mixer, weights.Mixer.Skip.shape[0], checked((int)x.shape[0]));
        using var stages = Stages(inner);
        (Tensor Out, Tensor? Statistics) Norm(Tensor heads, Affine norm) => CpuHeadNorm.Forward(
            heads, norm.Weight + 1, norm.Bias?.contiguous(), VilBlockOptions.NormEps, keep, width, stages);
        Tensor Project(Tensor tokens, Affine layer) => CpuDenseLinear.Forward(
            tokens, TokenTensors.Ready(layer.Weight), layer.Bias?.contiguous(), width, stages: stages);
        Tensor Map(Tensor tokens, Affine map) =>
            CpuBlockLinear.Forward(tokens, BlockLinearFunction.Columns(map.Weight), map.Bias?.contiguous(), width, stages);
        var (normedInput, inputStatistics) = weights.Norm is { } before ? Norm(Whole(x), before) : (null, null);
        var projected = Project(normedInput ?? x, weights.Up);
        var (mixed, gating) = (projected.narrow(-1, 0, inner), projected.narrow(-1, inner, inner));
        var c = CpuConv.Forward(
            mixed, DepthwiseConvFunction.Taps(mixer.Conv.Weight), mixer.Conv.Bias?.contiguous(),
            options.Conv(batch, mixer.Conv.Weight), true, width, stages);
        var (q, k, v, heads) = (Map(c, mixer.Q), Map(c, mixer.K), Map(mixed, mixer.V), mixer.InputGate.Weight.shape[0]);
        var gates = Gates(q, k, v, mixer, width, stages);
        Tensor Split(Tensor tokens) => tokens.view(tokens.shape[0], tokens.shape[1], heads, -1).transpose(1, 2);
        var cell = new MlstmTensors(Split(q), Split(k), Split(v), GateOf(gates, 0, heads), GateOf(gates, heads, heads));
        var retrieved = CpuMlstm.Forward(cell, Options(options, width), keep, stages);
        var (normed, statistics) = Norm(retrieved.H, mixer.OutNorm);
        var gated = CpuSkipGate.Forward(normed, c, mixer.Skip.contiguous(), gating, width, stages);
        var y = Project(gated, weights.Down);
        stages?.Run(batch);
        return (new Steps(normedInput, inputStatistics, projected, c, cell, retrieved, statistics, normed, gated), y);
    }

    /// <summary>Tokens as one head.</summary>
    private static Tensor Whole(Tensor x) => x.unsqueeze(1);

    /// <summary>Stages where tokens are whole vectors of every width, so that gradients can be added to what is there.</summary>
    private static SampleStages? Stages(long inner) => inner % LaneWidths.MostLanes == 0 ? new SampleStages() : null;

    /// <summary>Both gates of every head, then nothing up to whole vectors <c>(B, S, 2H + n)</c>. Joined, q, k and v would be copied
    /// only to be multiplied once.</summary>
    private static Tensor Gates(Tensor q, Tensor k, Tensor v, VilMixerWeights weights, LaneWidth width, SampleStages? stages)
    {
        var heads = weights.InputGate.Weight.shape[0];
        var fill = (LaneWidths.MostLanes - (2 * heads % LaneWidths.MostLanes)) % LaneWidths.MostLanes;
        var parts = GateParts(weights, fill);
        var bias = weights.InputGate.Bias is { } input && weights.ForgetGate.Bias is { } forget
            ? nn.functional.pad(cat([input, forget], 0), (0, fill)) : null;
        var gates = CpuDenseLinear.Forward(q, parts[0], bias, width, stages: stages);
        CpuDenseLinear.Forward(k, parts[1], null, width, gates, stages);
        return CpuDenseLinear.Forward(v, parts[2], null, width, gates, stages);
    }

    /// <summary>Of gates <c>(B, S, n)</c> those of some heads <c>(B, H, S)</c>.</summary>
    private static Tensor GateOf(Tensor gates, long first, long heads) => gates.narrow(-1, first, heads).transpose(1, 2);

    /// <summary>What the pieces give to the gradients of a map's columns and bias.</summary>
    private static Tensor MapBackward(
        Tensor x, Affine map, Tensor gradient, Tensor addTo, LaneWidth width, SampleStages? stages) => CpuBlockLinear.Backward(
            x, BlockLinearFunction.Columns(map.Weight.transpose(1, 2)), gradient, width, addTo, stages).PartSums;

    /// <summary>What q, k and v give to both gates of all heads, then rows of 0.</summary>
    private static Tensor[] GateParts(VilMixerWeights weights, long fill) => nn.functional.pad(
        cat([weights.InputGate.Weight, weights.ForgetGate.Weight], 0), (0, 0, 0, fill)).chunk(3, 1);

    /// <summary><c>(B, H, S, W)</c> as <c>(B, S, E)</c>: a view of what lies token after token.</summary>
    private static Tensor Tokens(Tensor heads) => heads.transpose(1, 2).flatten(2);

    private static CpuMlstmOptions Options(VilBlockOptions options, LaneWidth width) =>
        new(options.Reverse, options.Chunk, options.Eps, width);

    /// <summary>What a forward pass computed on its way; the statistics only where a backward pass will follow, the first two not
    /// without a norm.</summary>
    private sealed record Steps(
        Tensor? NormedInput, Tensor? InputStatistics, Tensor Projected, Tensor Convolved, MlstmTensors Cell, MlstmResults Retrieved,
        Tensor? Statistics, Tensor Normed, Tensor Gated)
    {
        /// <summary>Tensors of <see cref="All"/>.</summary>
        public const int Count = 15;

        /// <summary>All of them, for <see cref="Of"/>; another one in place of what is not there.</summary>
        public Tensor[] All =>
        [
            NormedInput ?? Gated, InputStatistics ?? Gated, Projected, Convolved, Cell.Q, Cell.K, Cell.V, Cell.I, Cell.F, Retrieved.H,
            Retrieved.Dots, Retrieved.Kept, Statistics!, Normed, Gated,
        ];

        /// <summary>The steps in the order of <see cref="All"/>.</summary>
        public static Steps Of(Tensor[] all, bool hasNorm) => new(
            hasNorm ? all[0] : null, hasNorm ? all[1] : null, all[2], all[3],
            new MlstmTensors(all[4], all[5], all[6], all[7], all[8]), new MlstmResults(all[9], all[10], all[11]), all[12], all[13],
            all[14]);
    }
}
