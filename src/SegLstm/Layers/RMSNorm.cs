using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Divides every token by the root mean square of its channels and multiplies each channel by a learned weight: a layer
/// norm without mean and bias.</summary>
/// <remarks>Parameter <c>weight (D)</c>, 1. Source: Zhang and Sennrich (arXiv 1910.07467); state-spaces/mamba,
/// <c>RMSNorm</c>.</remarks>
public sealed class RMSNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly double eps;

    /// <summary>Makes the norm over a last dimension of <paramref name="dim"/>.</summary>
    /// <param name="dim">Channels D.</param>
    /// <param name="eps">Added to the mean square.</param>
    public RMSNorm(long dim, double eps = 1e-5) : base(nameof(RMSNorm))
    {
        this.eps = eps;
        weight = nn.Parameter(ones([dim]));
        RegisterComponents();
    }

    /// <summary>Normalises over the last dimension: <c>(..., D)</c> to <c>(..., D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var scale = (x.square().mean([-1], keepdim: true) + eps).rsqrt();
        return (x * scale * weight).MoveToOuterDisposeScope();
    }
}
