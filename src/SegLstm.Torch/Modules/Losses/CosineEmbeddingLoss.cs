using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>One minus the cosine for pairs with target 1, the cosine above the margin for those with -1.</summary>
public sealed class CosineEmbeddingLoss : Loss<Tensor, Tensor, Tensor, Tensor>
{
    /// <summary>The loss with its options.</summary>
    public CosineEmbeddingLoss(double margin = 0, Reduction reduction = Reduction.Mean) : base(reduction) => this.margin = margin;

    /// <summary>The cosine up to which unequal pairs cost nothing.</summary>
    public double margin { get; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input1, Tensor input2, Tensor target) => functional.cosine_embedding_loss(input1, input2, target, margin, reduction);
}
