using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VMamba;

/// <summary>Blocks of one width, and the step to the next width.</summary>
/// <remarks>Names <c>blocks.{i}, downsample</c>. Source: MzeroMiko/VMamba, <c>_make_layer</c>.</remarks>
public sealed class VSSStage : nn.Module
{
    private readonly ModuleList<VSSBlock> blocks;
    private readonly Downsampling? downsample;

    /// <summary>Makes a stage of a model.</summary>
    /// <param name="config">The model.</param>
    /// <param name="stage">Index of the stage.</param>
    public VSSStage(VMambaConfig config, int stage) : base(nameof(VSSStage))
    {
        var before = config.Depths.Take(stage).Sum();
        blocks = new ModuleList<VSSBlock>(
        [
            .. Enumerable.Range(before, config.Depths[stage])
                .Select(index => new VSSBlock(config.Operator(stage), config.MlpRatio, config.DropPathAt(index))),
        ]);
        downsample = stage + 1 == config.Dims.Count ? null
            : new Downsampling(config.Downsample, config.Dims[stage], config.Dims[stage + 1], config.ChannelsFirst);
        RegisterComponents();
    }

    /// <summary>All stages of a model.</summary>
    internal static ModuleList<VSSStage> All(VMambaConfig config) =>
        new([.. Enumerable.Range(0, config.Dims.Count).Select(stage => new VSSStage(config, stage))]);

    /// <summary>The blocks, one after the other.</summary>
    /// <param name="x">A map.</param>
    /// <param name="checkpoint">Forget what the blocks compute inside, and compute it again for their gradients.</param>
    /// <returns>A map of the same shape.</returns>
    public Tensor Refine(Tensor x, bool checkpoint)
    {
        using var scope = NewDisposeScope();
        foreach (var block in blocks)
        {
            x = ActivationCheckpoint.Run(checkpoint, block.forward, x);
        }

        return x.MoveToOuterDisposeScope();
    }

    /// <summary>The map of the next stage; after the last stage the map itself.</summary>
    public Tensor Next(Tensor x) => downsample is null ? x : downsample.call(x);
}
