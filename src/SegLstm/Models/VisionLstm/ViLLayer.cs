using SegLstm.Kernels.DenseLinear;
using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.SkipGate;
using SegLstm.Kernels.VilBlock;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>A ViL layer: up-projection in two halves, convolution, mLSTM cell, gate, down-projection; read in one
/// direction.</summary>
/// <remarks>
/// <para>With <c>[a, z] = proj_up(u)</c> and <c>c = SiLU(conv(a))</c>: q and k come from c, but <b>v from a</b>, before the
/// convolution; <c>y = cell(q, k, v) + learnable_skip · c</c>, result <c>proj_down(y · SiLU(z))</c>. In the reversed
/// direction the convolution and the cell read from the last token on; a 2-D convolution sees the image rotated. The authors turn
/// the tokens round before the layer and back behind it, which is the same.</para>
/// <para>Source: ViL (arXiv 2406.04303) fig. 1; NX-AI/vision-lstm, <c>ViLLayer</c>. Names <c>proj_up, conv1d | conv, q_proj,
/// k_proj, v_proj, mlstm_cell, learnable_skip, proj_down</c>.</para>
/// </remarks>
public sealed class ViLLayer : nn.Module<Tensor, Tensor>
{
    private readonly Linear proj_up;
    private readonly HeadwiseLinear q_proj;
    private readonly HeadwiseLinear k_proj;
    private readonly HeadwiseLinear v_proj;
    private readonly CausalConv1d? conv1d;
    private readonly nn.Module? conv;
    private readonly MatrixLstmCell mlstm_cell;
    private readonly Parameter learnable_skip;
    private readonly Linear proj_down;

    /// <summary>Makes the layer.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public ViLLayer(ViLLayerConfig config) : base(nameof(ViLLayer))
    {
        Problems.ThrowIfAny("ViLLayer", config.Validate());

        Config = config;
        var (dim, inner) = (config.Dim, config.InnerDim);
        // D, not E, also for the maps of width E: so do the authors.
        var small = Math.Sqrt(2.0 / (5 * dim));
        proj_up = nn.Linear(dim, 2 * inner, hasBias: config.ProjBias);
        q_proj = new HeadwiseLinear(inner, config.QkvBlockSize, config.ProjBias, small);
        k_proj = new HeadwiseLinear(inner, config.QkvBlockSize, config.ProjBias, small);
        v_proj = new HeadwiseLinear(inner, config.QkvBlockSize, config.ProjBias, small);
        if (config.Version == 1)
        {
            conv1d = new CausalConv1d(inner, config.ConvKernelSize, config.ConvBias);
        }
        else
        {
            conv = config.Convolution == ConvolutionKind.Causal1d
                ? new CausalConv1d(inner, config.ConvKernelSize, config.ConvBias)
                : new SequenceConv2d(inner, config.ConvKernelSize, config.ConvBias);
        }

        mlstm_cell = new MatrixLstmCell(inner, config.QkvBlockSize, config.NormBias, config.Mlstm);
        learnable_skip = nn.Parameter(ones([inner]));
        proj_down = nn.Linear(inner, dim, hasBias: config.ProjBias);
        nn.init.normal_(proj_up.weight!, 0, small);
        nn.init.normal_(proj_down.weight!, 0, 2.0 / (config.InitBlocks * Math.Sqrt(dim)));
        if (config.ProjBias)
        {
            nn.init.zeros_(proj_up.bias!);
            nn.init.zeros_(proj_down.bias!);
        }

        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public ViLLayerConfig Config { get; }

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c>, on the grid of the configuration.</summary>
    public override Tensor forward(Tensor x) => forward(x, Config.Grid);

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c> for tokens of another grid.</summary>
    public Tensor forward(Tensor x, TokenGrid? grid) => forward(x, null, grid);

    /// <summary>The same behind a norm, if one is given: in one step where nobody looks at the parts.</summary>
    internal Tensor forward(Tensor x, ResidualLayerNorm? norm, TokenGrid? grid) =>
        Config.Mlstm.Form == MlstmForm.Automatic && !AreWatched && norm is not { HasHooks: true }
        && WeightsWith(norm?.Parameters) is var weights && VilLayer.Fits(x, weights)
            ? VilLayer.Forward(x, weights, Reading(x.shape[1], grid))
            : PartByPart(x, norm, grid);

    /// <summary>The same, part by part.</summary>
    internal Tensor PartByPart(Tensor x, ResidualLayerNorm? norm, TokenGrid? grid)
    {
        using var scope = NewDisposeScope();
        var projected = DenseLinear.Forward(proj_up, norm is null ? x : norm.call(x));
        var reversed = Config.Direction == Traversal.RowwiseFromBottomRight;
        var halves = projected.chunk(2, -1);
        var (a, z) = (halves[0], halves[1]);
        var c = Convolve(a, grid, reversed);
        var h = mlstm_cell.forward(q_proj.call(c), k_proj.call(c), v_proj.call(a), reversed);
        return DenseLinear.Forward(proj_down, SkipGate.Forward(h, c, learnable_skip, z)).MoveToOuterDisposeScope();
    }

    /// <summary>Its parameters, with those of the norm before it, if there is one.</summary>
    internal VilBlockWeights WeightsWith(Affine? norm) => new(
        norm, new Affine(proj_up.weight, proj_up.bias),
        new VilMixerWeights(
            ConvParameters, q_proj.Parameters, k_proj.Parameters, v_proj.Parameters, mlstm_cell.InputGate, mlstm_cell.ForgetGate,
            mlstm_cell.OutNorm, learnable_skip),
        new Affine(proj_down.weight, proj_down.bias));

    /// <summary>How kernels read tokens.</summary>
    internal VilBlockOptions Reading(long tokens, TokenGrid? grid)
    {
        var (rows, columns) = Config.Convolution == ConvolutionKind.Causal1d
            ? new TokenGrid(1, tokens) : grid ?? TokenGrid.Square(tokens);
        return new VilBlockOptions(
            checked((int)rows), checked((int)columns), Config.Direction == Traversal.RowwiseFromBottomRight,
            (int)Math.Min(Config.Mlstm.ChunkFor(tokens, Config.InnerDim / Config.QkvBlockSize), tokens), Config.Mlstm.Eps);
    }

    /// <summary>Whether a part has hooks, which only its own call runs.</summary>
    internal bool AreWatched => q_proj.HasHooks || k_proj.HasHooks || v_proj.HasHooks || mlstm_cell.AreWatched;

    private Affine ConvParameters => conv switch
    {
        SequenceConv2d image => image.Parameters,
        CausalConv1d sequence => sequence.Parameters,
        _ => conv1d!.Parameters,
    };

    /// <summary>The convolution with its SiLU.</summary>
    private Tensor Convolve(Tensor a, TokenGrid? grid, bool reversed) => conv switch
    {
        SequenceConv2d image => image.Activated(a, grid, reversed),
        CausalConv1d sequence => sequence.Activated(a, reversed),
        _ => conv1d!.Activated(a, reversed),
    };
}
