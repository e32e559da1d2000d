using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>A ViL sub-block: <c>x + DropPath(layer(norm(x)))</c>. There is no MLP.</summary>
/// <remarks>Names <c>norm, layer</c>. Source: NX-AI/vision-lstm, <c>ViLBlock</c>.</remarks>
public sealed class ViLBlock : nn.Module<Tensor, Tensor>
{
    private readonly ResidualLayerNorm norm;
    private readonly ViLLayer layer;
    private readonly DropPath drop_path;

    /// <summary>Makes the sub-block.</summary>
    /// <param name="config">Its layer.</param>
    /// <param name="dropPath">Rate of stochastic depth in [0, 1).</param>
    /// <param name="dropPathAlwaysSkipsWork">See <see cref="DropPath"/>.</param>
    public ViLBlock(ViLLayerConfig config, double dropPath = 0, bool dropPathAlwaysSkipsWork = false) : base(nameof(ViLBlock))
    {
        norm = new ResidualLayerNorm(config.Dim, config.NormBias);
        layer = new ViLLayer(config);
        drop_path = new DropPath(dropPath, dropPathAlwaysSkipsWork);
        RegisterComponents();
    }

    /// <summary>Its layer's configuration.</summary>
    public ViLLayerConfig Config => layer.Config;

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c>, on the grid of the configuration.</summary>
    public override Tensor forward(Tensor x) => forward(x, Config.Grid);

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c> for tokens of another grid.</summary>
    public Tensor forward(Tensor x, TokenGrid? grid) =>
        drop_path.forward(x, u =>
        {
            using var normed = norm.forward(u);
            return layer.forward(normed, grid);
        });
}
