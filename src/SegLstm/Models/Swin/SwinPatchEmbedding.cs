using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>Cuts an image into patches under Microsoft's names.</summary>
/// <remarks>Names <c>proj, norm</c>. Source: microsoft/Swin-Transformer, <c>PatchEmbed</c>.</remarks>
internal sealed class SwinPatchEmbedding : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d proj;
    private readonly LayerNorm? norm;

    public SwinPatchEmbedding(SwinConfig config) : base(nameof(SwinPatchEmbedding))
    {
        proj = nn.Conv2d(config.Channels, config.Dim, config.PatchSize, stride: config.PatchSize);
        norm = config.PatchNorm ? nn.LayerNorm(config.Dim, eps: SwinConfig.NormEps) : null;
        RegisterComponents();
    }

    /// <summary><c>(B, channels, h, w)</c> to <c>(B, h/patch, w/patch, C)</c>.</summary>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var tokens = proj.call(image).permute(0, 2, 3, 1);
        return (norm is null ? tokens : norm.call(tokens)).MoveToOuterDisposeScope();
    }
}
