using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.Swin;

/// <summary>A stage under mmsegmentation's names.</summary>
/// <remarks>Names <c>blocks, downsample</c>. Source: mmsegmentation, <c>SwinBlockSequence</c>.</remarks>
internal sealed class SwinStage : nn.Module
{
    private readonly ModuleList<SwinBlock> blocks;
    private readonly PatchMerging? downsample;
    private readonly long window;

    public SwinStage(SwinConfig config, int stage) : base(nameof(SwinStage))
    {
        window = config.Window;
        blocks = new ModuleList<SwinBlock>(
            [.. Enumerable.Range(0, config.Depths[stage]).Select(block => new SwinBlock(config, stage, block))]);
        downsample = stage == config.Stages - 1 ? null
            : new PatchMerging(config.DimOf(stage), unfolds: true, config.PatchNorm);
        RegisterComponents();
    }

    /// <summary>The blocks: <c>(B, H, W, C)</c> to the same.</summary>
    public Tensor Blocks(Tensor x, bool checkpointing)
    {
        using var scope = NewDisposeScope();
        // One mask serves all blocks. A window of one token has nothing to shift.
        var mask = window > 1 && blocks.Count > 1
            ? TokenWindows.ShiftMask(x.shape[1], x.shape[2], window, window / 2).to(x.dtype, x.device)
            : null;
        foreach (var block in blocks)
        {
            x = mask is null
                ? ActivationCheckpoint.Run(checkpointing, tokens => block.call(tokens, null), x)
                : ActivationCheckpoint.Run(checkpointing, inputs => [block.call(inputs[0], inputs[1])], [x, mask])[0];
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary><c>(B, H, W, C)</c> to <c>(B, ⌈H/2⌉, ⌈W/2⌉, 2C)</c>; behind the last stage, the same.</summary>
    public Tensor Downsample(Tensor x) => downsample is null ? x : downsample.call(x);
}
