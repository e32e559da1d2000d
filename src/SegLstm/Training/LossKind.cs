namespace SegLstm.Training;

/// <summary>What a model is trained to lower.</summary>
public enum LossKind
{
    /// <summary><see cref="CrossEntropyLoss"/>.</summary>
    CrossEntropy,

    /// <summary><see cref="DiceLoss"/>.</summary>
    Dice,

    /// <summary><see cref="FocalLoss"/>.</summary>
    Focal,
}
