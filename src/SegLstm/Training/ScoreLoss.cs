using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>A loss of class scores against what is true.</summary>
public abstract class ScoreLoss : nn.Module<Tensor, Tensor, Tensor>
{
    private protected ScoreLoss(string name, double lossWeight) : base(name) => LossWeight = lossWeight;

    private protected double LossWeight { get; }

    /// <summary>What the sum over a batch is divided by: its weight beside other batches in a mean over all.</summary>
    /// <param name="label">What is true of each image or pixel.</param>
    public abstract double Divisor(Tensor label);
}
