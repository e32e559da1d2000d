using SegLstm.Kernels.Tokens;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Samba;

/// <summary>Samba's patch embeddings behind the first: a 3×3 convolution with stride 2 and a layer norm.</summary>
/// <remarks>Names <c>proj, norm</c>. Source: zhuqinfeng1999/Samba, <c>DownSamples</c>.</remarks>
public sealed class SambaDownsample : nn.Module<Tensor, Tensor>
{
    private readonly Conv2d proj;
    private readonly LayerNorm norm;

    /// <summary>Makes the layers.</summary>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="dim">Token width D.</param>
    public SambaDownsample(long channels, long dim) : base(nameof(SambaDownsample))
    {
        proj = nn.Conv2d(channels, dim, 3, stride: 2, padding: 1);
        norm = nn.LayerNorm(dim);
        RegisterComponents();
    }

    /// <summary><c>(B, channels, h, w)</c> to tokens on their grid <c>(B, ~h/2, ~w/2, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return norm.call(MixedPrecision.Single(proj.call(x)).permute(0, 2, 3, 1)).MoveToOuterDisposeScope();
    }
}
