using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Losses;

/// <summary>BYOL's loss: <c>2 - 2 cos</c> between what is predicted of a view and the other view's target, from 0 to 4, as the
/// mean over the batch. Source: BYOL (arXiv 2006.07733, eq. 2), which adds that of the views exchanged.</summary>
public sealed class ByolLoss : nn.Module<Tensor, Tensor, Tensor>
{
    /// <summary>Makes the loss.</summary>
    public ByolLoss() : base(nameof(ByolLoss))
    {
    }

    /// <summary>Predictions and targets <c>(B, D)</c> to a scalar.</summary>
    /// <exception cref="ArgumentException">They are no matrices of one shape.</exception>
    public override Tensor forward(Tensor prediction, Tensor target)
    {
        Vectors.RequirePairs(prediction, target);
        using var scope = NewDisposeScope();
        var (p, t) = (nn.functional.normalize(prediction, dim: 1), nn.functional.normalize(target, dim: 1));
        return (2 - (2 * (p * t).sum(1).mean())).MoveToOuterDisposeScope();
    }
}
