using SegLstm.Kernels.VilBlock;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Layer norm whose stored weight is an offset: the multiplier is <c>1 + weight</c>, so a fresh layer has weight
/// 0.</summary>
/// <remarks>Source: NX-AI/vision-lstm, <c>LayerNorm(residual_weight=True)</c>. Weight decay then pulls the multiplier to 1, not
/// 0.</remarks>
public sealed class ResidualLayerNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly long dim;
    private readonly double eps;

    /// <summary>Makes the norm over a last dimension of <paramref name="dim"/>.</summary>
    /// <param name="dim">Width that is normalised.</param>
    /// <param name="hasBias">Adds a learned bias.</param>
    /// <param name="eps">Added to the variance.</param>
    public ResidualLayerNorm(long dim, bool hasBias, double eps = 1e-5) : base(nameof(ResidualLayerNorm))
    {
        (this.dim, this.eps) = (dim, eps);
        weight = nn.Parameter(zeros([dim]));
        bias = hasBias ? nn.Parameter(zeros([dim])) : null;
        RegisterComponents();
    }

    /// <summary>Its parameters, for kernels that do more than this layer.</summary>
    internal Affine Parameters => new(weight, bias);

    /// <summary>Normalises over the last dimension: <c>(..., D)</c> to <c>(..., D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var multiplier = weight + 1;
        return nn.functional.layer_norm(x, [dim], multiplier, bias, eps);
    }
}
