using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>The blocks of <see cref="VisLSTM"/> and the norm after them.</summary>
/// <remarks>Names <c>blocks, post_blocks_norm</c>. Source: NX-AI/vision-lstm, <c>xLSTMBlockStack</c>.</remarks>
internal sealed class MlstmBlockStack : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<MlstmBlock> blocks;
    private readonly ResidualLayerNorm? post_blocks_norm;

    public MlstmBlockStack(VisLstmConfig config) : base(nameof(MlstmBlockStack))
    {
        blocks = new ModuleList<MlstmBlock>(
            [.. Enumerable.Range(0, config.Depth).Select(i => new MlstmBlock(config.Layer, i, config.DropPathAt(i)))]);
        post_blocks_norm = config.PostBlocksNorm ? new ResidualLayerNorm(config.Layer.Dim, config.Layer.Bias) : null;
        RegisterComponents();
    }

    public ModuleList<MlstmBlock> Blocks => blocks;

    /// <summary>The norm after the blocks: <c>(B, S, D)</c> to the same.</summary>
    public override Tensor forward(Tensor x) => post_blocks_norm is null ? x.alias() : post_blocks_norm.call(x);
}
