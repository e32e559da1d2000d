using SegLstm.Kernels.Tokens;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Samba;

/// <summary>Samba's first patch embedding: four convolutions, two of them with stride 2, and a layer norm.</summary>
/// <remarks>Names <c>conv.{0,1,3,4,6,7}, proj, norm</c>. Source: zhuqinfeng1999/Samba, <c>Stem</c>.</remarks>
public sealed class SambaStem : nn.Module<Tensor, Tensor>
{
    private readonly Sequential conv;
    private readonly Conv2d proj;
    private readonly LayerNorm norm;

    /// <summary>Makes the stem.</summary>
    /// <param name="channels">Bands of the image.</param>
    /// <param name="hidden">Channels between.</param>
    /// <param name="dim">Token width D.</param>
    public SambaStem(long channels, long hidden, long dim) : base(nameof(SambaStem))
    {
        conv = nn.Sequential(
            nn.Conv2d(channels, hidden, 7, stride: 2, padding: 3, bias: false), nn.BatchNorm2d(hidden), nn.ReLU(),
            nn.Conv2d(hidden, hidden, 3, padding: 1, bias: false), nn.BatchNorm2d(hidden), nn.ReLU(),
            nn.Conv2d(hidden, hidden, 3, padding: 1, bias: false), nn.BatchNorm2d(hidden), nn.ReLU());
        proj = nn.Conv2d(hidden, dim, 3, stride: 2, padding: 1);
        norm = nn.LayerNorm(dim);
        RegisterComponents();
    }

    /// <summary><c>(B, channels, h, w)</c> to tokens on their grid <c>(B, ~h/4, ~w/4, D)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return norm.call(MixedPrecision.Single(proj.call(conv.call(x))).permute(0, 2, 3, 1)).MoveToOuterDisposeScope();
    }
}
