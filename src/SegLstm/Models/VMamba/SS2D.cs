using SegLstm.Kernels.DenseLinear;
using SegLstm.Kernels.DepthwiseConv;
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

    // Of the last size of maps: most are of one.
    private MapOrders? latest;

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

        // A pixel's channels lie side by side in memory, whatever the layout's name: none of this copies.
        x = Config.ChannelsFirst ? x.permute(0, 2, 3, 1) : x;
        var (height, width) = (x.shape[1], x.shape[2]);
        var tokens = x.flatten(1, 2);
        tokens = conv2d is null ? nn.functional.silu(tokens)
            : GridConv.Forward(tokens, height, width, conv2d.weight!, conv2d.bias, silu: true);
        var y = Scan(tokens, Orders(height, width)).unflatten(1, height, width).permute(0, 3, 1, 2);
        y = out_norm is null ? y : out_norm.call(y);
        y = Config.ChannelsFirst ? y : y.permute(0, 2, 3, 1);
        y = form.OutputActivation ? nn.functional.gelu(y) : y;
        return out_proj.call(z is null ? y : y * z).MoveToOuterDisposeScope();
    }

    /// <summary>The four scans of <c>(B, L, E)</c>, summed.</summary>
    private Tensor Scan(Tensor tokens, TokenOrders orders)
    {
        var (n, r) = (Config.StateSize, Config.StepRank);
        var parts = DenseLinear.Forward(tokens, x_proj_weight?.flatten(0, 1) ?? x_proj!.weight!)
            .unflatten(2, CrossScan.Directions, -1).split([r, n, n], 3);
        var stepWeights = dt_projs_weight ?? dt_projs!.weight!.unflatten(0, CrossScan.Directions, -1);
        var steps = parts[0].permute(2, 0, 1, 3).flatten(1, 2).bmm(stepWeights.transpose(1, 2));
        return CrossSelectiveScan.Forward(
            orders, tokens, steps.unflatten(1, tokens.shape[0], -1), -A_logs.exp(), parts[1], parts[2], Ds,
            dt_projs_bias.flatten(), deltaSoftplus: true);
    }

    private TokenOrders Orders(long height, long width)
    {
        var known = latest;
        if (known is null || known.Height != height || known.Width != width)
        {
            latest = known = new MapOrders(height, width, CrossScan.Orders(height, width, form.Scan));
        }

        return known.Orders;
    }

    private sealed record MapOrders(long Height, long Width, TokenOrders Orders);
}
