using SegLstm.Kernels.HeadNorm;
using SegLstm.Kernels.VilBlock;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Normalises every head of every token by itself (a group norm over the channels with one group a head); multiplier
/// <c>1 + weight</c>.</summary>
/// <remarks>Source: NX-AI/vision-lstm, <c>MultiHeadLayerNorm</c>: the mLSTM cell's <c>outnorm</c>.</remarks>
public sealed class HeadwiseLayerNorm : nn.Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;
    private readonly double eps;

    /// <summary>Makes the norm over <paramref name="dim"/> channels, all heads together.</summary>
    /// <param name="dim">E, heads times head width.</param>
    /// <param name="hasBias">Adds a learned bias.</param>
    /// <param name="eps">Added to the variance.</param>
    public HeadwiseLayerNorm(long dim, bool hasBias, double eps = 1e-5) : base(nameof(HeadwiseLayerNorm))
    {
        this.eps = eps;
        weight = nn.Parameter(zeros([dim]));
        bias = hasBias ? nn.Parameter(zeros([dim])) : null;
        RegisterComponents();
    }

    /// <summary>Its parameters, for kernels that do more than this layer.</summary>
    internal Affine Parameters => new(weight, bias);

    /// <summary>Normalises and joins the heads: <c>(B, H, S, E/H)</c> to <c>(B, S, E)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var multiplier = weight + 1;
        return HeadNorm.Forward(x, multiplier, bias, eps);
    }
}
