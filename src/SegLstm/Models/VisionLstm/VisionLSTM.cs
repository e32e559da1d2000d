using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>Vision-LSTM, first release: causal 1-D convolutions, no biases, one list of sub-blocks alternating in
/// direction.</summary>
/// <remarks>
/// <para>After the blocks: <c>legacy_norm</c> (residual weight, no bias; identity unless asked for), mean of first and last
/// token, <c>norm</c> (ordinary layer norm), <c>head</c>. Source: ViL (arXiv 2406.04303); NX-AI/vision-lstm,
/// <c>vision_lstm.py</c>.</para>
/// <code>
/// var model = new VisionLSTM(VisionLstmConfig.V1 with { Dim = 384 });     // ViL-S, 22,792,360 parameters
/// var logits = model.forward(torch.randn(2, 3, 224, 224));                // (2, 1000)
/// </code>
/// </remarks>
public sealed class VisionLSTM : VilEncoder
{
    private readonly ModuleList<ViLBlock> blocks;
    private readonly IReadOnlyList<ViLBlock> subBlocks;
    private readonly ResidualLayerNorm? legacy_norm;
    private readonly LayerNorm? norm;
    private readonly Linear? head;

    /// <summary>Makes the model.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid, or is for the other release.</exception>
    public VisionLSTM(VisionLstmConfig config) : base(nameof(VisionLSTM), config, 1)
    {
        blocks = new ModuleList<ViLBlock>([.. Enumerable.Range(0, config.Depth).Select(i => new ViLBlock(
            config.Layer with { Direction = i % 2 == 0 ? Traversal.RowwiseFromTopLeft : Traversal.RowwiseFromBottomRight },
            config.DropPathAt(i)))]);
        subBlocks = [.. blocks];
        legacy_norm = config.LegacyNorm ? new ResidualLayerNorm(config.Dim, hasBias: false, config.PostBlocksNormEps) : null;
        norm = config.PostBlocksNorm ? nn.LayerNorm(config.Dim, eps: config.HeadNormEps) : null;
        head = config.Classes is { } classes ? VilClassifier.Make(config.Dim, classes) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<ViLBlock> SubBlocks => subBlocks;

    /// <summary><c>(B, channels, h, w)</c> to <c>(B, classes)</c>, or to features: <c>(B, S, D)</c> or <c>(B, D)</c> by
    /// <see cref="VisionLstmConfig.Head"/>.</summary>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (x, _) = Encode(image);
        x = legacy_norm is null ? x : legacy_norm.call(x);
        x = Config.Head == TokenHead.BilateralAverage ? TokenPooling.BilateralMean(x) : x;
        x = norm is null ? x : norm.call(x);
        return (head is null ? x : head.call(x)).MoveToOuterDisposeScope();
    }
}
