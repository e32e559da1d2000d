using SegLstm.Kernels.DepthwiseConv;
using SegLstm.Kernels.SelectiveScan;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Mamba;

/// <summary>What a Mamba block does between its two projections, in one direction: convolution, SiLU, step sizes and weights from
/// the tokens, scan, gate. The block registers its modules and parameters under the official names.</summary>
internal sealed class SelectiveBranch
{
    private readonly MambaConfig config;

    /// <summary>Makes the branch.</summary>
    /// <param name="config">The block.</param>
    /// <param name="chosenStepSizes">False leaves the map to step sizes at PyTorch's own start, as Vim's reverse direction
    /// does.</param>
    public SelectiveBranch(MambaConfig config, bool chosenStepSizes = true)
    {
        this.config = config;
        var (inner, kernel) = (config.Inner, config.ConvKernelSize);
        Convolution = nn.Conv1d(inner, inner, kernel, padding: kernel - 1, groups: inner, bias: config.ConvBias);
        Weights = nn.Linear(inner, config.Rank + (2 * config.StateSize), hasBias: false);
        Steps = nn.Linear(config.Rank, inner);
        if (chosenStepSizes)
        {
            MambaInit.StepSizes(Steps);
        }

        LogOfA = MambaInit.LogOfA(inner, config.StateSize);
        Skip = nn.Parameter(ones([inner]));
    }

    /// <summary>Official name <c>conv1d</c>.</summary>
    public Conv1d Convolution { get; }

    /// <summary>Official name <c>x_proj</c>: rows of dt, then B, then C.</summary>
    public Linear Weights { get; }

    /// <summary>Official name <c>dt_proj</c>.</summary>
    public Linear Steps { get; }

    /// <summary>Official name <c>A_log</c>.</summary>
    public Parameter LogOfA { get; }

    /// <summary>Official name <c>D</c>.</summary>
    public Parameter Skip { get; }

    /// <summary>What in_proj gave, <c>(B, L, 2E)</c>, as tokens and gates, both <c>(B, E, L)</c>.</summary>
    /// <remarks>Copied here once: convolution and scan would each copy a view.</remarks>
    public static (Tensor A, Tensor Z) Split(Tensor projected)
    {
        using var scope = NewDisposeScope();
        var halves = projected.transpose(1, 2).chunk(2, 1);
        return (halves[0].contiguous().MoveToOuterDisposeScope(), halves[1].contiguous().MoveToOuterDisposeScope());
    }

    /// <summary>a, z <c>(B, E, L)</c> to the gated output <c>(B, E, L)</c>.</summary>
    /// <param name="a">Tokens.</param>
    /// <param name="z">Gates.</param>
    /// <param name="reverse">From the last token to the first.</param>
    public Tensor Forward(Tensor a, Tensor z, bool reverse = false)
    {
        using var scope = NewDisposeScope();
        var x = Convolve(a, reverse);
        var (delta, b, c) = Select(x);
        return Scan(x, delta, b, c, z, LogOfA, reverse).MoveToOuterDisposeScope();
    }

    /// <summary>Causal convolution and SiLU, <c>(B, E, L)</c> to the same.</summary>
    /// <param name="a">Tokens.</param>
    /// <param name="reverse">From the last token to the first: a token then sees those after it.</param>
    public Tensor Convolve(Tensor a, bool reverse = false) =>
        CausalConv.ForwardChannels(a, Convolution.weight!, Convolution.bias, silu: true, reverse);

    /// <summary>What the scan takes from the tokens <c>(B, E, L)</c>: step sizes without their bias <c>(B, E, L)</c>, input and
    /// output weights <c>(B, N, L)</c>.</summary>
    public (Tensor Delta, Tensor B, Tensor C) Select(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (delta, b, c) = SelectTokens(x.transpose(1, 2));
        return (
            delta.transpose(1, 2).MoveToOuterDisposeScope(),
            b.transpose(1, 2).MoveToOuterDisposeScope(),
            c.transpose(1, 2).MoveToOuterDisposeScope());
    }

    /// <summary>As <see cref="Select"/> with channels last: <c>(..., E)</c>, <c>(..., N)</c>, <c>(..., N)</c>.</summary>
    public (Tensor Delta, Tensor B, Tensor C) SelectTokens(Tensor x)
    {
        using var scope = NewDisposeScope();
        var (rank, states) = (config.Rank, config.StateSize);
        var all = Weights.call(x);
        var delta = nn.functional.linear(all.narrow(-1, 0, rank), Steps.weight!);
        return (
            delta.MoveToOuterDisposeScope(),
            all.narrow(-1, rank, states).MoveToOuterDisposeScope(),
            all.narrow(-1, rank + states, states).MoveToOuterDisposeScope());
    }

    /// <summary>The scan with this branch's skip and step bias; the state matrix may be another direction's.</summary>
    public Tensor Scan(Tensor x, Tensor delta, Tensor b, Tensor c, Tensor z, Parameter logOfA, bool reverse = false)
    {
        using var scope = NewDisposeScope();
        return SelectiveScan.Forward(
            x, delta, -logOfA.exp(), b, c, Skip, z, Steps.bias, deltaSoftplus: true, reverse).MoveToOuterDisposeScope();
    }
}
