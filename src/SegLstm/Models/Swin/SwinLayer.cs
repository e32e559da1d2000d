using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>A stage under Microsoft's names.</summary>
/// <remarks>Names <c>blocks, downsample</c>. Source: microsoft/Swin-Transformer, <c>BasicLayer</c>.</remarks>
internal sealed class SwinLayer : nn.Module<Tensor, Tensor>
{
    private readonly ModuleList<SwinTransformerBlock> blocks;
    private readonly PatchMerging? downsample;

    public SwinLayer(SwinConfig config, int stage) : base(nameof(SwinLayer))
    {
        blocks = new ModuleList<SwinTransformerBlock>(
            [.. Enumerable.Range(0, config.Depths[stage]).Select(block => new SwinTransformerBlock(config, stage, block))]);
        downsample = stage == config.Stages - 1 ? null : new PatchMerging(config.DimOf(stage), unfolds: false);
        RegisterComponents();
    }

    /// <summary>The blocks: <c>(B, H, W, C)</c> to the same.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return blocks.Aggregate(x, (tokens, block) => block.call(tokens)).MoveToOuterDisposeScope();
    }

    /// <summary><c>(B, H, W, C)</c> to <c>(B, H/2, W/2, 2C)</c>; behind the last stage, the same.</summary>
    public Tensor Downsample(Tensor x) => downsample is null ? x : downsample.call(x);
}
