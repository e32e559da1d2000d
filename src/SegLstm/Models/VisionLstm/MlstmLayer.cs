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
        if (config.Validate() is { Count: > 0 } problems)
        {
            throw new ArgumentException("MlstmLayer: " + string.Join(" ", problems), nameof(config));
        }

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

    /// <summary>Runs the layer as the one at a place in the network.</summary>
    /// <param name="x">Tokens <c>(B, S, D)</c>.</param>
    /// <param name="blockIndex">Index of the block from 0: chooses the direction where <see cref="MlstmLayerConfig.Alternation"/>
    /// is set.</param>
    /// <returns><c>(B, S, D)</c>.</returns>
    /// <exception cref="ArgumentException">Columns are asked for on a grid that is not square or has an odd number of
    /// tokens.</exception>
    public override Tensor forward(Tensor x, int blockIndex)
    {
        using var scope = NewDisposeScope();
        var own = config.Alternation switch
        {
            Alternation.Bidirectional => Rows[blockIndex % 2],
            Alternation.Quaddirectional => RowsAndColumns[blockIndex % 4],
            _ => "",
        };
        var halves = proj_up.forward(x).chunk(2, -1);
        // With both alternation and several directions the authors' other branches start from the turned tokens, too.
        var (a, z) = (Turn(halves[0], own), Turn(halves[1], own));
        var h = TurnBack(branches[""].Forward(a, z, learnable_skip), own);
        foreach (var suffix in Suffixes.Skip(1))
        {
            var shared = config.ShareDirections;
            var branch = branches[shared ? "" : suffix];
            var y = branch.Forward(Turn(a, suffix), Turn(z, suffix), shared ? learnable_skip : SkipOf(suffix));
            h = h + TurnBack(y, suffix);
        }

        var result = proj_down.forward(h);
        return (layerscale is null ? result : layerscale.forward(result)).MoveToOuterDisposeScope();
    }

    private Parameter SkipOf(string suffix) => suffix switch
    {
        "_rev" => learnable_skip_rev!,
        "_du" => learnable_skip_du!,
        _ => learnable_skip_ud!,
    };

    private static Tensor Turn(Tensor x, string direction) => direction switch
    {
        "_rev" => x.flip(1),
        "_du" => Transpose(x),
        "_ud" => Transpose(x).flip(1),
        _ => x,
    };

    private static Tensor TurnBack(Tensor x, string direction) => direction switch
    {
        "_rev" => x.flip(1),
        "_du" => Transpose(x),
        "_ud" => Transpose(x.flip(1)),
        _ => x,
    };

    /// <summary>Row order to column order on a square grid, and back.</summary>
    private static Tensor Transpose(Tensor x)
    {
        var grid = TokenGrid.Square(x.shape[1]);
        if (grid.Tokens % 2 != 0)
        {
            throw new ArgumentException($"Reading by columns needs an even number of tokens, got {grid.Tokens}.", nameof(x));
        }

        return x.unflatten(1, grid.Rows, grid.Columns).transpose(1, 2).flatten(1, 2);
    }
}
