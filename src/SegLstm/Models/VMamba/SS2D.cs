using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>VMamba's operator: a selective scan of a map in four orders at once.</summary>
/// <remarks>
/// <para><c>x, z = in_proj(u)</c>; <c>x = SiLU(conv(x))</c>, depthwise; the four sequences of <see cref="CrossScan"/> are
/// scanned with step sizes, B and C made of themselves; their sum is normed, multiplied by <c>SiLU(z)</c> and projected out. The
/// second release has no z. See <see cref="SS2DForm"/> for the forms.</para>
/// <para>Names <c>in_proj, conv2d, x_proj.weight (4(R+2N), E), dt_projs.weight (4E, R), dt_projs_bias (4, E), A_logs (4E, N),
/// Ds (4E), out_norm, out_proj</c>; the first release has <c>x_proj_weight (4, R+2N, E)</c> and <c>dt_projs_weight (4, E, R)</c>.
/// Scan channel k·E + c is channel c in direction k. Source: VMamba (arXiv 2401.10166) section 4.2; MzeroMiko/VMamba,
/// <c>SS2D</c>.</para>
/// <code>
/// var op = new SS2D(new SS2DConfig { Dim = 96 });
/// var y = op.forward(torch.randn(1, 96, 56, 56));                       // (1, 96, 56, 56)
/// </code>
/// </remarks>
public sealed class SS2D : nn.Module<Tensor, Tensor>
{
    private readonly GridLinear in_proj;
    private readonly Conv2d? conv2d;
    private readonly Linear? x_proj;
    private readonly Linear? dt_projs;
    private readonly Parameter? x_proj_weight;
    private readonly Parameter? dt_projs_weight;
    private readonly Parameter dt_projs_bias;
    private readonly Parameter A_logs;
    private readonly Parameter Ds;
    private readonly nn.Module<Tensor, Tensor>? out_norm;
    private readonly GridLinear out_proj;
    private readonly SS2DForm form;

    /// <summary>Makes the operator.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public SS2D(SS2DConfig config) : base(nameof(SS2D))
    {
        Problems.ThrowIfAny(nameof(SS2D), config.Validate());

        Config = config;
        form = SS2DForm.Parse(config.ForwardType);
        var (e, n, r) = (config.InnerDim, config.StateSize, config.StepRank);
        in_proj = new GridLinear(config.Dim, form.Gate ? 2 * e : e, config.Bias, config.ChannelsFirst);
        conv2d = config.ConvKernelSize < 2 ? null : nn.Conv2d(
            e, e, config.ConvKernelSize, padding: config.ConvKernelSize / 2, groups: e, bias: config.ConvBias);
        if (form.Vanilla)
        {
            x_proj_weight = nn.Parameter(SS2DParameters.ScanProjection(e, r, n));
            dt_projs_weight = nn.Parameter(SS2DParameters.StepWeight(config));
        }
        else
        {
            x_proj = nn.Linear(e, CrossScan.Directions * (r + (2 * n)), hasBias: false);
            dt_projs = nn.Linear(r, CrossScan.Directions * e, hasBias: false);
            using var start = SS2DParameters.StepWeight(config);
            using var no = no_grad();
            dt_projs.weight!.copy_(start.flatten(0, 1));
        }

        dt_projs_bias = nn.Parameter(SS2DParameters.StepBias(config));
        A_logs = nn.Parameter(SS2DParameters.LogDecays(config));
        Ds = nn.Parameter(ones([CrossScan.Directions * e]));
        out_norm = SS2DOutput.Make(form.Norm, e);
        out_proj = new GridLinear(e, config.Dim, config.Bias, config.ChannelsFirst);
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public SS2DConfig Config { get; }

    /// <summary>A map to a map of the same shape, <c>(B, D, H, W)</c> or <c>(B, H, W, D)</c> by
    /// <see cref="SS2DConfig.ChannelsFirst"/>.</summary>
    /// <exception cref="ArgumentException">The map has another layout or other channels.</exception>
    public override Tensor forward(Tensor u)
    {
        var channelDim = Config.ChannelsFirst ? 1 : 3;
        if (u.dim() != 4 || u.shape[channelDim] != Config.Dim)
        {
            throw new ArgumentException(
                $"Expected a map ({(Config.ChannelsFirst ? $"B, {Config.Dim}, H, W" : $"B, H, W, {Config.Dim}")}), " +
                $"got ({string.Join(", ", u.shape)}). Permute it, or make the operator with these channels.",
                nameof(u));
        }

        using var scope = NewDisposeScope();
        var x = in_proj.call(u);
        Tensor? z = null;
        if (form.Gate)
        {
            var halves = x.chunk(2, channelDim);
            (x, z) = (halves[0], form.GateActivation ? nn.functional.silu(halves[1]) : halves[1]);
        }

        x = Config.ChannelsFirst ? x : x.permute(0, 3, 1, 2);
        var y = Scan(nn.functional.silu(conv2d is null ? x : conv2d.call(x)));
        y = out_norm is null ? y : out_norm.call(y);
        y = Config.ChannelsFirst ? y : y.permute(0, 2, 3, 1);
        y = form.OutputActivation ? nn.functional.gelu(y) : y;
        return out_proj.call(z is null ? y : y * z).MoveToOuterDisposeScope();
    }

    /// <summary>The four scans of <c>(B, E, H, W)</c>, summed.</summary>
    private Tensor Scan(Tensor x)
    {
        var (height, width) = (x.shape[2], x.shape[3]);
        if (!CrossScan.IsBothWays(form.Scan))
        {
            var each = Scan(CrossScan.Scan(x, form.Scan), 0, reverse: false);
            return CrossScan.Merge(each, height, width, form.Scan).unflatten(2, height, width);
        }

        // The last two are the first two from their ends: the scan turns round, not the sequences.
        var sequences = CrossScan.Forwards(x, form.Scan);
        var y = Scan(sequences, 0, reverse: false) + Scan(sequences, 2, reverse: true);
        return CrossScan.MergeForwards(y, height, width, form.Scan).unflatten(2, height, width);
    }

    /// <summary>Scans sequences <c>(B, K, E, H·W)</c> with the parameters of K directions.</summary>
    /// <param name="sequences">The sequences.</param>
    /// <param name="first">The first direction.</param>
    /// <param name="reverse">From the last token to the first.</param>
    private Tensor Scan(Tensor sequences, int first, bool reverse)
    {
        var (count, n, r, e) = (sequences.shape[1], Config.StateSize, Config.StepRank, Config.InnerDim);
        Tensor Own(Tensor x) => x.narrow(0, first, count);
        Tensor OwnChannels(Tensor x) => x.narrow(0, first * e, count * e);
        var weights = x_proj_weight ?? x_proj!.weight!.unflatten(0, CrossScan.Directions, -1);
        var stepWeights = dt_projs_weight ?? dt_projs!.weight!.unflatten(0, CrossScan.Directions, -1);
        var parts = Own(weights).matmul(sequences).split([r, n, n], 2);
        var steps = Own(stepWeights).matmul(parts[0]);
        return SelectiveScan.Forward(
            sequences.flatten(1, 2), steps.flatten(1, 2), -OwnChannels(A_logs).exp(), parts[1], parts[2], OwnChannels(Ds),
            deltaBias: Own(dt_projs_bias).flatten(), deltaSoftplus: true, reverse: reverse).unflatten(1, count, -1);
    }
}
