using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>Vision-LSTM as the training code has it, with everything that the ablations compare.</summary>
/// <remarks>
/// <para>Patches, positions, learned tokens if any, blocks, <c>post_blocks_norm</c> on all tokens, pooling, <c>head</c> (norm and
/// linear map). Names are those of the published training checkpoints: <c>patch_embed, pos_embed, cls_tokens, xlstm.blocks,
/// xlstm.post_blocks_norm, head.0, head.1</c>.</para>
/// <para>Source: ViL (arXiv 2406.04303); NX-AI/vision-lstm, <c>src/vislstm/models/single/vislstm.py</c>. With the choices of a
/// release it is the same function as <see cref="VisionLSTM"/> or <see cref="VisionLSTM2"/>. Deviations: any grid can be read by
/// columns or convolved, where the source takes squares; see <see cref="VisLstmConfig"/> for learned tokens.</para>
/// <code>
/// var config = new VisLstmConfig { Head = TokenHead.ClassTokens, ExtraTokens = 1 };   // one class token in the middle
/// var model = new VisLSTM(config);
/// var logits = model.forward(torch.randn(2, 3, 224, 224));                            // (2, 1000)
/// </code>
/// </remarks>
public sealed class VisLSTM : TokenEncoder
{
    private readonly ExtraTokens? cls_tokens;
    private readonly MlstmBlockStack xlstm;
    private readonly Sequential? head;

    /// <summary>Makes the model.</summary>
    /// <exception cref="ArgumentException">The configuration is not valid; the message lists all problems.</exception>
    public VisLSTM(VisLstmConfig config)
        : base(nameof(VisLSTM), Checked(config).Channels, config.Layer.Dim, config.PatchSize, config.Stride, config.Grid)
    {
        Config = config;
        cls_tokens = config.ExtraTokens > 0 ? new ExtraTokens(Dim, config.ExtraTokens, config.ExtraLocation) : null;
        xlstm = new MlstmBlockStack(config);
        nn.Module<Tensor, Tensor> Norm() =>
            config.HeadNorm ? nn.LayerNorm(config.Pooled, eps: config.HeadNormEps) : nn.Identity();
        head = config.Classes is { } classes
            ? nn.Sequential(("0", Norm()), ("1", VilClassifier.Make(config.Pooled, classes))) : null;
        RegisterComponents();
    }

    /// <summary>The configuration it was made with.</summary>
    public VisLstmConfig Config { get; }

    /// <inheritdoc/>
    public override int SubBlockCount => Config.Depth;

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width) => VilComplexity.Model(Config, height, width);

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width, int subBlocks) =>
        VilComplexity.Encoder(Config, height, width, subBlocks);

    /// <summary><c>(B, channels, h, w)</c> to <c>(B, classes)</c>, or to features by <see cref="VisLstmConfig.Head"/>.</summary>
    public override Tensor forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        var (x, layout) = Encode(image);
        x = Pool(xlstm.call(x), layout);
        return (head is null ? x : head.call(x)).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    protected override Tensor Pass(int index, Tensor x, TokenLayout layout) => xlstm.Blocks[index].call(x, layout);

    /// <inheritdoc/>
    protected override (Tensor Tokens, TokenLayout Layout) Complete(Tensor patches, TokenGrid grid)
    {
        if (cls_tokens is null)
        {
            return base.Complete(patches, grid);
        }

        var layout = cls_tokens.LayoutOf(grid);
        return (cls_tokens.call(patches, layout), layout);
    }

    private Tensor Pool(Tensor x, TokenLayout layout) => Config.Head switch
    {
        TokenHead.None => x,
        TokenHead.ClassTokens => layout.ExtraTokens(x).flatten(1),
        TokenHead.ClassTokensMean => layout.ExtraTokens(x).mean([1]),
        TokenHead.ToImage => TokenPooling.ToImage(layout.Patches(x), layout.Grid),
        TokenHead.First => TokenPooling.First(layout.Patches(x)),
        TokenHead.Last => TokenPooling.Last(layout.Patches(x)),
        TokenHead.Middle => TokenPooling.Middle(layout.Patches(x), Config.MiddleTokens),
        TokenHead.Mean => TokenPooling.Mean(layout.Patches(x)),
        TokenHead.BilateralAverage => TokenPooling.BilateralMean(layout.Patches(x)),
        _ => TokenPooling.BilateralFlatten(layout.Patches(x)),
    };

    private static VisLstmConfig Checked(VisLstmConfig config)
    {
        Problems.ThrowIfAny(nameof(VisLSTM), config.Validate());
        return config;
    }
}
