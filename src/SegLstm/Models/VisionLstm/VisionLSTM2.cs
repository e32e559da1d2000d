using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>Vision-LSTM, second release: 2-D convolutions, biases, pairs of sub-blocks, first and last token side by
/// side.</summary>
/// <remarks>
/// <para>After the blocks: <c>norm</c> (residual weight) on all tokens, pooling, <c>legacy_norm</c> (ordinary layer norm on what
/// was pooled; identity unless asked for), <c>head</c>. Source: ViL (arXiv 2406.04303); NX-AI/vision-lstm,
/// <c>vision_lstm2.py</c>.</para>
/// <para>Deviation: the 2-D convolution and <see cref="TokenHead.ToImage"/> use the grid of the image at hand. The released class
/// keeps the grid of the training image, which scrambles the rows of any other size.</para>
/// <code>
/// var model = new VisionLSTM2(VisionLstmConfig.V2 with { Dim = 384, LegacyNorm = true });   // ViL-S, 23,398,696 parameters
/// var logits = model.forward(torch.randn(2, 3, 224, 224));                                  // (2, 1000)
/// </code>
/// </remarks>
public sealed class VisionLSTM2 : VilEncoder
{
    private readonly ModuleList<ViLBlockPair> blocks;
    private readonly IReadOnlyList<ViLBlock> subBlocks;
    private readonly ResidualLayerNorm? norm;
    private readonly LayerNorm? legacy_norm;
    private readonly Linear? head;

    /// <summary>Makes the model.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid, or is for the other release.</exception>
    public VisionLSTM2(VisionLstmConfig config) : base(nameof(VisionLSTM2), config, 2)
    {
        blocks = new ModuleList<ViLBlockPair>(
            [.. Enumerable.Range(0, config.Depth).Select(i => new ViLBlockPair(config.Layer, config.DropPathAt(i)))]);
        subBlocks = [.. blocks.SelectMany(pair => pair.SubBlocks)];
        var pooled = config.Head == TokenHead.BilateralFlatten ? 2 * config.Dim : config.Dim;
        norm = config.PostBlocksNorm ? new ResidualLayerNorm(config.Dim, config.NormBias, config.PostBlocksNormEps) : null;
        legacy_norm = config.LegacyNorm ? nn.LayerNorm(pooled, eps: config.HeadNormEps) : null;
        head = config.Classes is { } classes ? VilClassifier.Make(pooled, classes) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ViLBlock> SubBlocks => subBlocks;

    /// <summary><c>(B, channels, h, w)</c> to <c>(B, classes)</c>, or to features by
    /// <see cref="VisionLstmConfig.Head"/>.</summary>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (x, layout) = Encode(image);
        x = norm is null ? x : norm.call(x);
        x = Config.Head switch
        {
            TokenHead.BilateralAverage => TokenPooling.BilateralMean(x),
            TokenHead.BilateralFlatten => TokenPooling.BilateralFlatten(x),
            _ => x,
        };
        x = legacy_norm is null ? x : legacy_norm.call(x);
        x = Config.Head == TokenHead.ToImage ? TokenPooling.ToImage(x, layout.Grid) : x;
        return (head is null ? x : head.call(x)).MoveToOuterDisposeScope();
    }
}
