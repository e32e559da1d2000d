using SegLstm.Kernels.DenseLinear;
using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>The mLSTM layer of the ViL training code: as <see cref="ViLLayer"/>, with the traversals that the ablations
/// compare.</summary>
/// <remarks>
/// A layer that reads in several directions has a branch for each, with convolution, maps, cell and skip of its own (suffix
/// <c>_rev</c> rows reversed, <c>_du</c> columns, <c>_ud</c> columns reversed), gated by the same SiLU(z) and summed before
/// proj_down. Source: NX-AI/vision-lstm, <c>mLSTMLayer</c>.
/// </remarks>
public sealed class MlstmLayer : nn.Module<Tensor, int, Tensor>
{
    private static readonly string[] Rows = ["", "_rev"];
    private static readonly string[] RowsAndColumns = ["", "_rev", "_du", "_ud"];

    private readonly Linear proj_up;
    private readonly Linear proj_down;
    private readonly LayerScale? layerscale;
    private readonly Parameter learnable_skip;
    private readonly Parameter? learnable_skip_rev;
    private readonly Parameter? learnable_skip_du;
    private readonly Parameter? learnable_skip_ud;
    private readonly MlstmLayerConfig config;
    private readonly Dictionary<string, MlstmBranch> branches = [];

    /// <summary>Makes the layer.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public MlstmLayer(MlstmLayerConfig config) : base(nameof(MlstmLayer))
    {
        Problems.ThrowIfAny("MlstmLayer", config.Validate());

        this.config = config;
        var inner = config.Inner;
        proj_up = nn.Linear(config.Dim, 2 * inner, hasBias: config.Bias);
        proj_down = nn.Linear(inner, config.Dim, hasBias: config.Bias);
        nn.init.normal_(proj_up.weight!, 0, Math.Sqrt(2.0 / (5 * config.Dim)));
        nn.init.normal_(proj_down.weight!, 0, 2.0 / (config.InitBlocks * Math.Sqrt(config.Dim)));
        if (config.Bias)
        {
            nn.init.zeros_(proj_up.bias!);
            nn.init.zeros_(proj_down.bias!);
        }

        var own = Suffixes.Take(config.ShareDirections ? 1 : 4).ToHashSet();
        Parameter? Skip(string suffix) => own.Contains(suffix) ? nn.Parameter(ones([inner])) : null;
        learnable_skip = Skip("")!;
        learnable_skip_rev = Skip("_rev");
        learnable_skip_du = Skip("_du");
        learnable_skip_ud = Skip("_ud");
        layerscale = config.LayerScale is { } scale ? new LayerScale(config.Dim, scale) : null;
        foreach (var suffix in own)
        {
            branches[suffix] = new MlstmBranch(config, forward: suffix.Length == 0);
            foreach (var (name, module) in branches[suffix].Modules)
            {
                register_module(name + suffix, module);
            }
        }

        RegisterComponents();
    }

    private string[] Suffixes => config.Quaddirectional ? RowsAndColumns : config.Bidirectional ? Rows : [""];

    /// <summary>Runs the layer as the one at a place in the network, on the grid that the authors' code takes: a square, or for
    /// columns any with <c>int(sqrt(S))</c> of them.</summary>
    /// <param name="x">Tokens <c>(B, S, D)</c>.</param>
    /// <param name="blockIndex">Index of the block from 0: chooses the direction where <see cref="MlstmLayerConfig.Alternation"/>
    /// is set.</param>
    /// <returns><c>(B, S, D)</c>.</returns>
    /// <exception cref="ArgumentException">Columns are asked for of an odd number of tokens, or of one that fills no such grid; a
    /// 2-D convolution of one that is no square.</exception>
    public override Tensor forward(Tensor x, int blockIndex) => forward(x, blockIndex, null);

    /// <summary>Runs the layer as the one at a place in the network.</summary>
    /// <param name="x">Tokens <c>(B, S, D)</c>.</param>
    /// <param name="blockIndex">Index of the block from 0.</param>
    /// <param name="layout">What the sequence is made of; null: as in <see cref="forward(Tensor, int)"/>. Deviation from the
    /// authors' code, which knows no grid: here rectangles, odd numbers of tokens, and learned tokens among the patches work,
    /// too.</param>
    /// <returns><c>(B, S, D)</c>.</returns>
    public Tensor forward(Tensor x, int blockIndex, TokenLayout? layout)
    {
        using var scope = NewDisposeScope();
        var own = config.Alternation switch
        {
            Alternation.Bidirectional => Rows[blockIndex % 2],
            Alternation.Quaddirectional => RowsAndColumns[blockIndex % 4],
            _ => "",
        };
        var suffixes = Suffixes;
        layout ??= suffixes.Append(own).Any(IsByColumns) ? AuthorsLayout(x.shape[1]) : null;
        var halves = DenseLinear.Forward(proj_up, x).chunk(2, -1);
        // With both alternation and several directions the authors' other branches start from the turned tokens, too.
        var (a, z) = (Turn(halves[0], own, layout), Turn(halves[1], own, layout));
        var turned = After(layout, own);
        var h = TurnBack(branches[""].Forward(a, z, learnable_skip, turned), own, turned);
        foreach (var suffix in suffixes.Skip(1))
        {
            var shared = config.ShareDirections;
            var branch = branches[shared ? "" : suffix];
            var read = After(turned, suffix);
            var y = branch.Forward(
                Turn(a, suffix, turned), Turn(z, suffix, turned), shared ? learnable_skip : SkipOf(suffix), read);
            h = h + TurnBack(y, suffix, read);
        }

        var result = DenseLinear.Forward(proj_down, h);
        return (layerscale is null ? result : layerscale.call(result)).MoveToOuterDisposeScope();
    }

    private Parameter SkipOf(string suffix) => suffix switch
    {
        "_rev" => learnable_skip_rev!,
        "_du" => learnable_skip_du!,
        _ => learnable_skip_ud!,
    };

    private static bool IsByColumns(string direction) => direction is "_du" or "_ud";

    /// <summary>Tokens in the order of a direction.</summary>
    private static Tensor Turn(Tensor x, string direction, TokenLayout? layout)
    {
        var ordered = IsByColumns(direction) ? layout!.ToColumns(x) : x;
        return direction is "_rev" or "_ud" ? ordered.flip(1) : ordered;
    }

    /// <summary>Tokens of the order that <see cref="After"/> tells, back in the order before.</summary>
    private static Tensor TurnBack(Tensor x, string direction, TokenLayout? turned)
    {
        var forward = direction is "_rev" or "_ud" ? x.flip(1) : x;
        return !IsByColumns(direction) ? forward
            : direction == "_ud" ? turned!.Reversed.ToColumns(forward) : turned!.ToColumns(forward);
    }

    /// <summary>The layout once tokens are turned.</summary>
    private static TokenLayout? After(TokenLayout? layout, string direction) => direction switch
    {
        "_rev" => layout?.Reversed,
        "_du" => layout?.ByColumns,
        "_ud" => layout?.ByColumns.Reversed,
        _ => layout,
    };

    private static TokenLayout AuthorsLayout(long tokens)
    {
        var columns = (long)Math.Sqrt(tokens);
        return tokens % 2 == 0 && tokens % columns == 0
            ? new TokenLayout(new TokenGrid(tokens / columns, columns))
            : throw new ArgumentException(
                $"Without a layout, reading by columns needs an even number of tokens in {columns} equal columns, " +
                $"got {tokens}: pass the layout.", nameof(tokens));
    }
}
