using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Losses;

/// <summary>Tile2Vec's loss: a tile shall be nearer to its neighbour than to a distant tile by a margin, and vectors shall be
/// short.</summary>
/// <remarks><c>max(0, ‖a - n‖ - ‖a - d‖ + margin) + λ(‖a‖ + ‖n‖ + ‖d‖)</c> as the mean over the batch.
/// Source: Tile2Vec (arXiv 1805.02855, eq. 1 and 3).</remarks>
public sealed class Tile2VecLoss : nn.Module<Tensor, Tensor, Tensor, Tensor>
{
    private readonly double margin;
    private readonly double penalty;

    /// <summary>Makes the loss.</summary>
    /// <param name="margin">How much nearer the neighbour shall be.</param>
    /// <param name="penalty">λ, the price of length.</param>
    /// <exception cref="ArgumentOutOfRangeException">The margin is not positive, or the penalty negative.</exception>
    public Tile2VecLoss(double margin = 10, double penalty = 0.01) : base(nameof(Tile2VecLoss))
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        ArgumentOutOfRangeException.ThrowIfNegative(penalty);
        (this.margin, this.penalty) = (margin, penalty);
    }

    /// <summary>Vectors <c>(B, D)</c> of tiles, of their neighbours and of distant tiles, to a scalar.</summary>
    /// <exception cref="ArgumentException">They are no matrices of one shape.</exception>
    public override Tensor forward(Tensor anchor, Tensor neighbour, Tensor distant)
    {
        Vectors.RequirePairs(anchor, neighbour, distant);
        using var scope = NewDisposeScope();
        var triplet = nn.functional.relu((anchor - neighbour).norm(1) - (anchor - distant).norm(1) + margin);
        var lengths = anchor.norm(1) + neighbour.norm(1) + distant.norm(1);
        return (triplet + (penalty * lengths)).mean().MoveToOuterDisposeScope();
    }
}
