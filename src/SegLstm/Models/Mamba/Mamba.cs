using SegLstm.Kernels.DenseLinear;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Mamba;

/// <summary>The Mamba block: a gated selective scan that reads tokens in one direction. No norm and no residual.</summary>
/// <remarks>
/// <para><c>[a, z] = in_proj(x)</c>; <c>a = SiLU(conv1d(a))</c>, causal; <c>[dt, B, C] = x_proj(a)</c>; step sizes
/// <c>softplus(dt_proj(dt))</c>; scan with <c>A = -exp(A_log)</c> and skip D; times SiLU(z); <c>out_proj</c>.</para>
/// <para>Names <c>in_proj, conv1d, x_proj, dt_proj, A_log, D, out_proj</c>. A_log and D take no weight decay. Source: Mamba
/// (arXiv 2312.00752); state-spaces/mamba, <c>mamba_simple.py</c>.</para>
/// <code>
/// var block = new Mamba(new MambaConfig { Dim = 192 });
/// var y = block.forward(torch.randn(2, 196, 192));                 // (2, 196, 192)
/// </code>
/// </remarks>
public sealed class Mamba : nn.Module<Tensor, Tensor>
{
    private readonly Linear in_proj;
    private readonly Conv1d conv1d;
    private readonly Linear x_proj;
    private readonly Linear dt_proj;
    private readonly Parameter A_log;
    private readonly Parameter D;
    private readonly Linear out_proj;
    private readonly SelectiveBranch branch;

    /// <summary>Makes the block.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public Mamba(MambaConfig config) : base(nameof(Mamba))
    {
        Problems.ThrowIfAny(nameof(Mamba), config.Validate());

        Config = config;
        in_proj = nn.Linear(config.Dim, 2 * config.Inner, hasBias: config.Bias);
        branch = new SelectiveBranch(config);
        (conv1d, x_proj, dt_proj, A_log, D) = (branch.Convolution, branch.Weights, branch.Steps, branch.LogOfA, branch.Skip);
        out_proj = nn.Linear(config.Inner, config.Dim, hasBias: config.Bias);
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public MambaConfig Config { get; }

    /// <summary>Tokens <c>(B, L, D)</c> to <c>(B, L, D)</c>.</summary>
    /// <exception cref="ArgumentException">The tokens have another width.</exception>
    public override Tensor forward(Tensor x)
    {
        MambaTokens.Check(x, Config.Dim, GetName());
        using var scope = NewDisposeScope();
        var (a, z) = SelectiveBranch.Split(DenseLinear.Forward(in_proj, x));
        var y = branch.Forward(a, z);
        return DenseLinear.Forward(out_proj, y.transpose(1, 2)).MoveToOuterDisposeScope();
    }

    /// <summary>Computes the next token only: as many calls as tokens give what <see cref="forward"/> gives at once.</summary>
    /// <param name="x">The next token of every sequence <c>(B, D)</c>.</param>
    /// <param name="state">What the call before returned; at first <see cref="MambaState.Empty"/>.</param>
    /// <returns>The output <c>(B, D)</c> and the state for the next call.</returns>
    public (Tensor Y, MambaState State) Step(Tensor x, MambaState state)
    {
        using var scope = NewDisposeScope();
        var halves = DenseLinear.Forward(in_proj, x).chunk(2, -1);
        var (a, z) = (halves[0], halves[1]);
        var window = cat([state.Convolution.narrow(2, 1, Config.ConvKernelSize - 1), a.unsqueeze(-1)], -1);
        var u = (window * conv1d.weight!.squeeze(1)).sum(-1);
        u = nn.functional.silu(conv1d.bias is { } bias ? u + bias : u);
        var (delta, b, c) = branch.SelectTokens(u);
        delta = nn.functional.softplus(delta + dt_proj.bias!).unsqueeze(-1);
        var memory = ((delta * -A_log.exp()).exp() * state.Scan) + (delta * u.unsqueeze(-1) * b.unsqueeze(1));
        var y = (memory * c.unsqueeze(1)).sum(-1) + (D * u);
        y = DenseLinear.Forward(out_proj, y * nn.functional.silu(z));
        return (y.MoveToOuterDisposeScope(), new MambaState(window.MoveToOuterDisposeScope(), memory.MoveToOuterDisposeScope()));
    }

    /// <summary>The step sizes Δ of the scan, behind bias and softplus: <c>(B, E, L)</c>.</summary>
    /// <param name="x">Tokens <c>(B, L, D)</c>.</param>
    /// <exception cref="ArgumentException">The tokens have another width.</exception>
    public Tensor StepSizes(Tensor x)
    {
        MambaTokens.Check(x, Config.Dim, GetName());
        using var scope = NewDisposeScope();
        var (a, _) = SelectiveBranch.Split(DenseLinear.Forward(in_proj, x));
        var (delta, _, _) = branch.Select(branch.Convolve(a));
        return nn.functional.softplus(delta + dt_proj.bias!.unsqueeze(-1)).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds on a sequence of <paramref name="tokens"/> tokens, by the convention of
    /// <see cref="Complexity"/>.</summary>
    public double MultiplyAdds(long tokens) => MambaComplexity.Block(Config, tokens);
}
