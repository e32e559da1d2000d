using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using MambaBlock = SegLstm.Models.Mamba.Mamba;

namespace SegLstm.Models.SpectralMamba;

/// <summary>One layer: <c>x + mixer(norm(x))</c>, a layer norm and a Mamba block.</summary>
/// <remarks>Names <c>norm, mixer</c>.</remarks>
public sealed class SpectralMambaLayer : nn.Module<Tensor, Tensor>
{
    private readonly LayerNorm norm;
    private readonly MambaBlock mixer;

    internal SpectralMambaLayer(SpectralMambaConfig config) : base(nameof(SpectralMambaLayer))
    {
        norm = nn.LayerNorm(config.Dim);
        mixer = new MambaBlock(config.Mixer);
        RegisterComponents();
    }

    /// <summary>Tokens <c>(B, T, D)</c> to the same.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return (x + mixer.call(norm.call(x))).MoveToOuterDisposeScope();
    }

    /// <summary>The step sizes that the scan takes, <c>(B, E, T)</c>: how much of each token enters the memory.</summary>
    /// <param name="x">Tokens <c>(B, T, D)</c> as the layer reads them.</param>
    internal Tensor StepSizes(Tensor x)
    {
        using var scope = NewDisposeScope();
        return mixer.StepSizes(norm.call(x)).MoveToOuterDisposeScope();
    }
}
