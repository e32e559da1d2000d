using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Stochastic depth on the result of a residual branch: in training, each sample of the batch loses its branch with
/// the given probability, and the branches that stay count 1/(1-p) times.</summary>
/// <remarks>
/// Unlike <see cref="DropPath"/> the branch always runs for the whole batch. Source: Huang et al. (arXiv 1603.09382); timm,
/// <c>DropPath</c>; torchvision, <c>StochasticDepth(mode="row")</c>.
/// </remarks>
public sealed class StochasticDepth : nn.Module<Tensor, Tensor>
{
    private readonly double rate;

    /// <summary>Makes the layer.</summary>
    /// <param name="rate">Probability in [0, 1) that a sample loses the branch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is outside [0, 1).</exception>
    public StochasticDepth(double rate) : base(nameof(StochasticDepth))
    {
        if (rate is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The rate of stochastic depth must be in [0, 1).");
        }

        this.rate = rate;
        RegisterComponents();
    }

    /// <summary>The branch's result <c>(B, ...)</c>, with samples set to 0 in training.</summary>
    public override Tensor forward(Tensor branch)
    {
        if (!training || rate == 0)
        {
            return branch;
        }

        using var scope = NewDisposeScope();
        long[] ones = [.. Enumerable.Repeat(1L, (int)branch.dim() - 1)];
        var kept = BatchPart.Draw(
            branch.shape[0], n => full([n, .. ones], 1 - rate, dtype: branch.dtype, device: branch.device).bernoulli());
        return (branch * (kept / (1 - rate))).MoveToOuterDisposeScope();
    }
}
