using SegLstm.Kernels.Mlstm;
using SegLstm.Kernels.VilBlock;
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

    /// <summary>All parameters, for the kernel.</summary>
    internal VilBlockWeights Weights => layer.WeightsWith(norm.Parameters);

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c>, on the grid of the configuration.</summary>
    public override Tensor forward(Tensor x) => forward(x, Config.Grid);

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c> for tokens of another grid.</summary>
    /// <remarks>In evaluation mode, on the CPU and where no gradient may be asked for, the whole block is one kernel. Not so in
    /// training mode: activation checkpointing computes without gradients what it computes again with them, and both must be the
    /// same to the bit.</remarks>
    public Tensor forward(Tensor x, TokenGrid? grid) =>
        !training && Config.Mlstm.Form == MlstmForm.Automatic && !norm.HasHooks && !layer.AreWatched && Weights is var weights
        && VilBlock.Fits(x, weights)
            ? VilBlock.Forward(x, weights, Reading(x.shape[1], grid))
            : LayerByLayer(x, grid);

    /// <summary>How the kernel reads tokens: always in chunks, which stay in the cache from the up-projection to the down-projection,
    /// where layer by layer a short sequence is faster as one.</summary>
    internal VilBlockOptions Reading(long tokens, TokenGrid? grid) =>
        layer.Reading(tokens, grid) with { Chunk = (int)Math.Min(Config.Mlstm.ChunkSize, tokens) };

    /// <summary>The same, layer by layer.</summary>
    internal Tensor LayerByLayer(Tensor x, TokenGrid? grid) => drop_path.call(x, u => layer.forward(u, norm, grid));
}
