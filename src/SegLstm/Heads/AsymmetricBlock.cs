using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>An asymmetric non-local block: pooled attention, joined to the queries by a 1×1 convolution.</summary>
/// <remarks>
/// With two maps it is the fusion block (AFNB: the high map asks the low one, no ReLU at the end), with one map and shared
/// projections the context block (APNB). Names <c>stages.{i}, bottleneck</c>. Source: mmsegmentation, <c>ann_head.py</c>.
/// </remarks>
internal sealed class AsymmetricBlock : nn.Module<Tensor, Tensor, Tensor>
{
    private readonly ModuleList<PooledAttention> stages;
    private readonly ConvNormAct bottleneck;

    public AsymmetricBlock(int highChannels, int lowChannels, int channels, int outChannels, bool shareKeyQuery, int stageCount,
        int[] keyScales)
        : base(nameof(AsymmetricBlock))
    {
        stages = new ModuleList<PooledAttention>([.. Enumerable.Range(0, stageCount).Select(
            _ => new PooledAttention(highChannels, lowChannels, channels, outChannels, shareKeyQuery, keyScales))]);
        bottleneck = new ConvNormAct(outChannels + highChannels, outChannels, 1, activate: shareKeyQuery);
        RegisterComponents();
    }

    /// <summary>High and low map to <c>(N, out, h, w)</c> at the high map's size.</summary>
    public override Tensor forward(Tensor high, Tensor low)
    {
        using var scope = NewDisposeScope();
        var context = stages.Select(stage => stage.call(high, low)).Aggregate((sum, next) => sum + next);
        return bottleneck.call(cat([context, high], 1)).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for maps of these sizes.</summary>
    public double MultiplyAdds(long highPixels, long lowPixels) =>
        stages.Sum(stage => stage.MultiplyAdds(highPixels, lowPixels)) + bottleneck.MultiplyAdds(highPixels);
}
