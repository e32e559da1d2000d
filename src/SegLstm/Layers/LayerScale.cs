using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>A learned factor for each channel, so that a residual branch can start small.</summary>
/// <remarks>Parameter <c>gamma (D)</c>. Source: CaiT (arXiv 2103.17239); kappamodules, <c>LayerScale</c>.</remarks>
public sealed class LayerScale : nn.Module<Tensor, Tensor>
{
    private readonly Parameter gamma;

    /// <summary>Makes the factors.</summary>
    /// <param name="dim">Channels D.</param>
    /// <param name="initial">Initial value of every factor.</param>
    public LayerScale(long dim, double initial) : base(nameof(LayerScale))
    {
        gamma = nn.Parameter(full([dim], initial));
        RegisterComponents();
    }

    /// <summary><c>(..., D)</c> to <c>(..., D)</c>.</summary>
    public override Tensor forward(Tensor x) => x * gamma;
}
