namespace SegLstm.Training;

/// <summary>Who takes the steps.</summary>
public enum OptimizerKind
{
    /// <summary>AdamW (Loshchilov and Hutter, arXiv 1711.05101): decoupled weight decay.</summary>
    Adamw,

    /// <summary>Adam (Kingma and Ba, arXiv 1412.6980); weight decay is added to the gradient, as torch.optim.Adam does.</summary>
    Adam,

    /// <summary>Gradient descent with momentum; weight decay is added to the gradient.</summary>
    Sgd,

    /// <summary>Layer-wise adaptive rate scaling (You et al., arXiv 1708.03888), for large batches: see
    /// <see cref="Lars"/>.</summary>
    Lars,
}
