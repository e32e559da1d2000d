using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Vim;

/// <summary>A Vim layer. Two tensors travel through the layers: the residual stream, and what the last mixer gave, which is
/// added to it in front of the next norm.</summary>
/// <remarks>Names <c>mixer, norm</c>. Source: hustvl/Vim, <c>Block</c>.</remarks>
public sealed class VimLayer : nn.Module<Tensor, Tensor>
{
    private readonly VimMixer mixer;
    private readonly nn.Module<Tensor, Tensor> norm;
    private readonly StochasticDepth drop_path;

    /// <summary>Makes the layer.</summary>
    /// <param name="config">The model.</param>
    /// <param name="index">Its place in the model, from 0.</param>
    public VimLayer(VimConfig config, int index) : base(nameof(VimLayer))
    {
        mixer = new VimMixer(config.Mixer);
        mixer.ResetAsLayerOf(config.Depth);
        norm = MakeNorm(config);
        drop_path = new StochasticDepth(config.DropPathAt(index));
        RegisterComponents();
    }

    /// <summary>The residual stream <c>(B, L, D)</c> to what is to be added to it, <c>(B, L, D)</c>.</summary>
    public override Tensor forward(Tensor residual)
    {
        using var normed = norm.call(residual);
        return mixer.call(normed);
    }

    /// <summary>Adds the output of the layer before to the residual stream; in training some samples lose it.</summary>
    public Tensor Add(Tensor residual, Tensor hidden)
    {
        using var scope = NewDisposeScope();
        return (residual + drop_path.call(hidden)).MoveToOuterDisposeScope();
    }

    /// <summary>The kind of norm that the model has.</summary>
    internal static nn.Module<Tensor, Tensor> MakeNorm(VimConfig config) =>
        config.RmsNorm ? new RMSNorm(config.Dim, config.NormEps) : nn.LayerNorm(config.Dim, eps: config.NormEps);
}
