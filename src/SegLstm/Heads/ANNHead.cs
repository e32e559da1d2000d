using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>The decoder of asymmetric non-local networks: a high map asks a low one, then itself.</summary>
/// <remarks>
/// Channels are dropped in front of the bottleneck, too. Names <c>fusion, bottleneck, context, conv_seg</c>.
/// Source: arXiv 1908.07678; mmsegmentation, <c>ANNHead</c>. Query scales above 1 do not run in the authors' code and are not
/// offered.
/// </remarks>
public sealed class ANNHead : Head
{
    private readonly AsymmetricBlock fusion;
    private readonly ConvNormAct bottleneck;
    private readonly AsymmetricBlock context;

    /// <summary>Makes the head.</summary>
    /// <param name="lowChannels">Channels of the low (finer or equal) map.</param>
    /// <param name="highChannels">Channels of the high map.</param>
    /// <param name="channels">Width of the decoder.</param>
    /// <param name="projectChannels">Width of queries and keys.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="inputs">Low and high map, by index.</param>
    /// <param name="keyPoolScales">Grids that keys are pooled to; null: 1, 3, 6, 8.</param>
    /// <param name="stages">Attentions summed in each block, each at query scale 1.</param>
    /// <param name="dropout">Channel dropout in front of bottleneck and classifier.</param>
    public ANNHead(
        int lowChannels, int highChannels, int channels, int projectChannels, int classes, (int Low, int High) inputs,
        int[]? keyPoolScales = null, int stages = 1, double dropout = 0.1)
        : base(nameof(ANNHead), [inputs.Low, inputs.High], [lowChannels, highChannels], channels, classes, dropout)
    {
        keyPoolScales ??= [1, 3, 6, 8];
        ArgumentOutOfRangeException.ThrowIfLessThan(stages, 1);
        fusion = new AsymmetricBlock(highChannels, lowChannels, projectChannels, highChannels, shareKeyQuery: false, stages,
            keyPoolScales);
        bottleneck = new ConvNormAct(highChannels, channels, 3);
        context = new AsymmetricBlock(channels, channels, projectChannels, channels, shareKeyQuery: true, stages, keyPoolScales);
        RegisterComponents();
    }

    /// <summary>Maps to scores <c>(N, classes, h, w)</c> at the high map's size.</summary>
    public override Tensor forward(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var selected = Select(maps);
        var x = bottleneck.call(Drop(fusion.call(selected[1], selected[0])));
        return Classify(context.call(x, x)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        var (low, high) = (pixels[Inputs[0]], pixels[Inputs[1]]);
        return fusion.MultiplyAdds(high, low) + bottleneck.MultiplyAdds(high) + context.MultiplyAdds(high, high)
            + ClassifierMultiplyAdds(high);
    }
}
