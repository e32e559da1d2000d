using SegLstm.Kernels.DenseLinear;
using SegLstm.Models.Mamba;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vim;

/// <summary>Vim's mixer: a Mamba block that reads the tokens forwards and backwards between one pair of projections.</summary>
/// <remarks>
/// <para>Backwards means that tokens and gates are convolved, scanned and gated from the last to the first by the second set of
/// parameters. Names as <see cref="Mamba.Mamba"/>; the second set is called <c>conv1d_b, x_proj_b, dt_proj_b,
/// A_b_log, D_b</c>; <c>gamma</c> where there is a layer scale.</para>
/// <para>Source: Vision Mamba (arXiv 2401.09417) algorithm 1; hustvl/Vim, <c>mamba_ssm/modules/mamba_simple.py</c>. The bias of
/// dt_proj_b starts at 0 in a whole model, as theirs does, not at a chosen step size.</para>
/// </remarks>
public sealed class VimMixer : nn.Module<Tensor, Tensor>
{
    private readonly Linear in_proj;
    private readonly Conv1d conv1d;
    private readonly Linear x_proj;
    private readonly Linear dt_proj;
    private readonly Parameter A_log;
    private readonly Parameter D;
    private readonly Conv1d? conv1d_b;
    private readonly Linear? x_proj_b;
    private readonly Linear? dt_proj_b;
    private readonly Parameter? A_b_log;
    private readonly Parameter? D_b;
    private readonly Linear out_proj;
    private readonly Parameter? gamma;
    private readonly SelectiveBranch forwards;
    private readonly SelectiveBranch? backwards;

    /// <summary>Makes the mixer.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public VimMixer(VimMixerConfig config) : base(nameof(VimMixer))
    {
        Problems.ThrowIfAny(nameof(VimMixer), config.Validate());

        Config = config;
        var block = config.Block;
        in_proj = nn.Linear(block.Dim, 2 * block.Inner, hasBias: block.Bias);
        forwards = new SelectiveBranch(block);
        (conv1d, x_proj, dt_proj, A_log, D) =
            (forwards.Convolution, forwards.Weights, forwards.Steps, forwards.LogOfA, forwards.Skip);
        if (config.Directions == MixerDirections.SharedBoth)
        {
            A_b_log = MambaInit.LogOfA(block.Inner, block.StateSize);
        }
        else if (config.Directions == MixerDirections.Both)
        {
            backwards = new SelectiveBranch(block, chosenStepSizes: false);
            (conv1d_b, x_proj_b, dt_proj_b, A_b_log, D_b) =
                (backwards.Convolution, backwards.Weights, backwards.Steps, backwards.LogOfA, backwards.Skip);
        }

        out_proj = nn.Linear(block.Inner, block.Dim, hasBias: block.Bias);
        gamma = config.LayerScale is { } scale ? nn.Parameter(full([block.Dim], scale)) : null;
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public VimMixerConfig Config { get; }

    /// <summary>Tokens <c>(B, L, D)</c> to <c>(B, L, D)</c>.</summary>
    /// <exception cref="ArgumentException">The tokens have another width.</exception>
    public override Tensor forward(Tensor x)
    {
        MambaTokens.Check(x, Config.Block.Dim, GetName());
        using var scope = NewDisposeScope();
        var (a, z) = SelectiveBranch.Split(DenseLinear.Forward(in_proj, x));
        var y = Mix(a, z);
        var output = DenseLinear.Forward(out_proj, y.transpose(1, 2));
        return (gamma is null ? output : output * gamma).MoveToOuterDisposeScope();
    }

    /// <summary>Starts the mixer as a whole model does: biases 0 but for the forward step sizes', and the output smaller by the
    /// root of the model's depth.</summary>
    /// <param name="depth">Layers of the model.</param>
    internal void ResetAsLayerOf(int depth)
    {
        using var no = no_grad();
        foreach (var linear in new[] { in_proj, dt_proj_b, out_proj })
        {
            if (linear?.bias is { } bias)
            {
                nn.init.zeros_(bias);
            }
        }

        nn.init.kaiming_uniform_(out_proj.weight!, Math.Sqrt(5));
        out_proj.weight!.div_(Math.Sqrt(depth));
    }

    /// <summary>a, z <c>(B, E, L)</c> to <c>(B, E, L)</c>.</summary>
    private Tensor Mix(Tensor a, Tensor z)
    {
        using var scope = NewDisposeScope();
        if (Config.Directions == MixerDirections.SharedBoth)
        {
            return MixShared(a, z).MoveToOuterDisposeScope();
        }

        var y = forwards.Forward(a, z);
        if (backwards is not null)
        {
            y += backwards.Forward(a, z, reverse: true);
            y = Config.DivideOut ? y / 2 : y;
        }

        return y.MoveToOuterDisposeScope();
    }

    private Tensor MixShared(Tensor a, Tensor z)
    {
        // One causal convolution, in the forward direction, serves both scans.
        var x = forwards.Convolve(a);
        var (delta, b, c) = forwards.Select(x);
        return forwards.Scan(x, delta, b, c, z, A_log)
            + forwards.Scan(x, delta, b, c, z, A_b_log!, reverse: true);
    }
}
