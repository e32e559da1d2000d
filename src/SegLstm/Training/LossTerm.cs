namespace SegLstm.Training;

/// <summary>A part of the loss.</summary>
public sealed record LossTerm
{
    /// <summary>Which loss.</summary>
    public LossKind Kind { get; init; }

    /// <summary>What it is multiplied by.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The loss.</summary>
    /// <param name="options">Class weights, and which pixels a mean is over.</param>
    /// <param name="ignoreIndex">Label of pixels that take no part.</param>
    internal SegmentationLoss Make(TrainingOptions options, int ignoreIndex)
    {
        double[]? weights = options.ClassWeights?.ToArray();
        return Kind switch
        {
            LossKind.Dice => new DiceLoss(Weight, ignoreIndex, weights),
            LossKind.Focal => new FocalLoss(Weight, ignoreIndex, options.AverageLabelledOnly, weights),
            _ => new CrossEntropyLoss(Weight, ignoreIndex, options.AverageLabelledOnly, weights),
        };
    }

    /// <summary>What it is a mean over, in words. Of all pixels and of images every batch has as many; of the others
    /// not.</summary>
    internal string MeanOver(TrainingOptions options) => Kind switch
    {
        LossKind.Dice => Images,
        LossKind.CrossEntropy when options.ClassWeights is not null => "weighted pixels",
        _ => options.AverageLabelledOnly ? "labelled pixels" : Pixels,
    };

    /// <summary>Whether means over two things weigh batches alike.</summary>
    internal static bool WeighAlike(string one, string other) =>
        one == other || one is Images or Pixels && other is Images or Pixels;

    private const string Images = "images", Pixels = "all pixels";
}
