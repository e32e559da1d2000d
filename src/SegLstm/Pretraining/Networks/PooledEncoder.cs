using SegLstm.Models;
using SegLstm.Models.DeepLab;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>A <see cref="Trunk"/> as a module: images <c>(B, bands, H, W)</c> to the mean of the coarse map <c>(B, C)</c>. Names
/// <c>backbone, encoder</c>.</summary>
internal sealed class PooledEncoder : nn.Module<Tensor, Tensor>
{
    private readonly Backbone backbone;
    private readonly DeepLabEncoder? encoder;
    private readonly Trunk trunk;

    public PooledEncoder(Trunk trunk) : base(nameof(PooledEncoder))
    {
        (this.trunk, backbone, encoder) = (trunk, trunk.Backbone, trunk.Encoder);
        RegisterComponents();
    }

    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        return trunk.Encode(image).Mean.MoveToOuterDisposeScope();
    }
}
