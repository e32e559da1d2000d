using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>Two sub-blocks, one a direction: version 2 counts depth in such pairs.</summary>
/// <remarks>Source: NX-AI/vision-lstm, <c>ViLBlockPair</c>.</remarks>
public sealed class ViLBlockPair : nn.Module<Tensor, Tensor>
{
    private readonly ViLBlock rowwise_from_top_left;
    private readonly ViLBlock rowwise_from_bot_right;

    /// <summary>Makes the pair.</summary>
    /// <param name="config">Layer of both, whatever its direction says.</param>
    /// <param name="dropPath">Rate of stochastic depth in [0, 1).</param>
    public ViLBlockPair(ViLLayerConfig config, double dropPath = 0) : base(nameof(ViLBlockPair))
    {
        rowwise_from_top_left = new ViLBlock(config with { Direction = Traversal.RowwiseFromTopLeft }, dropPath);
        rowwise_from_bot_right = new ViLBlock(config with { Direction = Traversal.RowwiseFromBottomRight }, dropPath);
        RegisterComponents();
    }

    /// <summary>The two sub-blocks in order.</summary>
    public IReadOnlyList<ViLBlock> SubBlocks => [rowwise_from_top_left, rowwise_from_bot_right];

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c>, on the grid of the configuration.</summary>
    public override Tensor forward(Tensor x) => forward(x, rowwise_from_top_left.Config.Grid);

    /// <summary><c>(B, S, D)</c> to <c>(B, S, D)</c> for tokens of another grid.</summary>
    public Tensor forward(Tensor x, TokenGrid? grid)
    {
        using var half = rowwise_from_top_left.forward(x, grid);
        return rowwise_from_bot_right.forward(half, grid);
    }
}
