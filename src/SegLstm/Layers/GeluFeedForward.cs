using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Two linear layers with an exact (erf) GELU between, under mmcv's names; <see cref="GeluMlp"/> under timm's.</summary>
/// <remarks>Names <c>layers.0.0, layers.1</c>. Source: mmcv, <c>FFN</c> (the residual is the caller's).</remarks>
public sealed class GeluFeedForward : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<nn.Module<Tensor, Tensor>> layers;

    /// <summary>Makes the layers.</summary>
    /// <param name="dim">Token width D.</param>
    /// <param name="hidden">Width between.</param>
    public GeluFeedForward(long dim, long hidden) : base(nameof(GeluFeedForward))
    {
        layers = new ModuleList<nn.Module<Tensor, Tensor>>(
            nn.Sequential(("0", TransformerLinear.Make(dim, hidden)), ("1", nn.GELU())), TransformerLinear.Make(hidden, dim));
        RegisterComponents();
    }

    /// <summary><c>(..., D)</c> to <c>(..., D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var hidden = layers[0].call(x);
        return layers[1].call(hidden);
    }
}
