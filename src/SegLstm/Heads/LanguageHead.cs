using SegLstm.Heads.Dpt;
using SegLstm.Heads.Language;
using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>LSeg's head: scores of pixels by the likeness of their vectors to those of words. The words may change at any
/// time.</summary>
/// <remarks>
/// <para>Names <c>scratch.*</c>, as in the authors' checkpoints, <c>pretrained.act_postprocess{1..4}</c> where maps of one stride
/// are reassembled to a pyramid, and <c>text_features</c>, the words' vectors, so that a saved model maps its own classes without
/// an encoder of texts. Until it is told words (<see cref="SetTexts"/>) they are random directions.</para>
/// <para>Source: LSeg (arXiv 2201.03546); isl-org/lang-seg, <c>lseg_net.py</c>, <c>lseg_net_zs.py</c>. The scale is the authors'
/// constant 1/0.07, which they do not train either; similarities are computed in the model's own precision, not in half.</para>
/// <code>
/// var backbone = new DptEncoder(DptConfig.VitLarge16);
/// var head = LanguageHead.For(backbone, textWidth: 512, labels: 3);
/// var model = new Segmenter(backbone, head);
/// head.SetTexts(encoder.Encode(["water", "building", "other"]));
/// </code>
/// </remarks>
public sealed class LanguageHead : Head
{
    // The authors take exp(ln(1/0.07)) in float32.
    private const double Scale = 14.285714149475098;

    private readonly Reassembly? pretrained;
    private readonly LanguageScratch scratch;
    private readonly int? patchSize;
    private Tensor text_features;

    /// <summary>Makes the head.</summary>
    /// <param name="inChannels">Channels of four maps, from fine to coarse.</param>
    /// <param name="textWidth">C, width of the words' vectors.</param>
    /// <param name="labels">Words to begin with.</param>
    /// <param name="config">Widths and blocks; null: the published ones.</param>
    /// <param name="patchSize">The one stride of all four maps, to reassemble them; null: they are a pyramid already.</param>
    /// <exception cref="ArgumentException">There are not four maps, or a number does not fit.</exception>
    public LanguageHead(int[] inChannels, int textWidth, int labels, LanguageHeadConfig? config = null, int? patchSize = null)
        : base(nameof(LanguageHead), [0, 1, 2, 3], Four(inChannels), (config ?? new()).Features, labels, dropout: 0, classifies: false)
    {
        Config = config ?? new LanguageHeadConfig();
        Problems.ThrowIfAny(nameof(LanguageHead), [.. Config.Validate()]);
        if (textWidth < 1)
        {
            throw new ArgumentException($"The width of the words' vectors must be positive, got {textWidth}.", nameof(textWidth));
        }

        (TextWidth, this.patchSize) = (textWidth, patchSize);
        int[] pyramid = patchSize is null ? inChannels : [.. inChannels.Select((count, level) => Math.Max(count >> (3 - level), 1))];
        pretrained = patchSize is { } patch ? new Reassembly(inChannels, pyramid, patch) : null;
        scratch = new LanguageScratch(pyramid, textWidth, Config);
        text_features = randn(labels, textWidth);
        RegisterComponents();
    }

    /// <summary>What the head is made of.</summary>
    public LanguageHeadConfig Config { get; }

    /// <summary>C, width of the words' vectors.</summary>
    public int TextWidth { get; }

    /// <summary>Words that it compares with.</summary>
    public override int Classes => (int)text_features.shape[0];

    /// <summary>The words' vectors <c>(K, C)</c>.</summary>
    public Tensor Texts => text_features;

    internal LanguageScratch Scratch => scratch;

    /// <summary>Makes the head for a backbone's maps.</summary>
    /// <param name="backbone">A backbone of four maps.</param>
    /// <param name="textWidth">C, width of the words' vectors.</param>
    /// <param name="labels">Words to begin with.</param>
    /// <param name="config">Widths and blocks; null: the published ones.</param>
    /// <exception cref="ArgumentException">The backbone does not give four maps, or gives a stride that cannot become 4, 8, 16 and
    /// 32.</exception>
    public static LanguageHead For(Backbone backbone, int textWidth, int labels, LanguageHeadConfig? config = null) => new(
        backbone.Channels, textWidth, labels, config,
        backbone.Strides.Distinct().Count() == 1 ? backbone.Strides[0] : null);

    /// <summary>Compares with other words from now on.</summary>
    /// <param name="texts">Vectors <c>(K, C)</c> as an encoder gives them; copied. Their length does not matter.</param>
    /// <exception cref="ArgumentException">They have another width, or one is a zero vector.</exception>
    public void SetTexts(Tensor texts)
    {
        CheckTexts(texts);
        using var frozen = no_grad();
        var previous = text_features;
        text_features = texts.detach().to(previous.dtype, previous.device, copy: true);
        ConditionallyRegisterBuffer(nameof(text_features), text_features);
        previous.Dispose();
    }

    /// <summary>Maps to scores <c>(N, K, 4·h, 4·w)</c> for a finest map <c>(N, C, h, w)</c> of the pyramid.</summary>
    public override Tensor forward(Tensor[] maps) => Score(maps, text_features);

    /// <summary>The same with words of the moment: those of a batch, or of each image (the zero-shot networks compare each image
    /// with its own pair).</summary>
    /// <param name="maps">The backbone's maps.</param>
    /// <param name="texts"><c>(K, C)</c> for all images, or <c>(N, K, C)</c>.</param>
    /// <exception cref="ArgumentException">The words do not fit; or the maps.</exception>
    public Tensor Score(Tensor[] maps, Tensor texts)
    {
        if (texts.dim() is not (2 or 3) || texts.shape[^1] != TextWidth || (texts.dim() == 3 && texts.shape[0] != maps[0].shape[0]))
        {
            throw new ArgumentException(
                $"Expected words (K, {TextWidth}), or ({maps[0].shape[0]}, K, {TextWidth}) for these images, "
                + $"got ({string.Join(", ", texts.shape)}).", nameof(texts));
        }

        using var scope = NewDisposeScope();
        var scores = Similarity(Features(maps), texts);
        return LanguageScratch.Enlarge(scratch.Smooth(scores)).MoveToOuterDisposeScope();
    }

    /// <summary>A vector of each pixel in the space of words, <c>(N, C, 2·h, 2·w)</c> for a finest map <c>(N, C, h, w)</c> of the
    /// pyramid, not normalised.</summary>
    public Tensor Features(Tensor[] maps)
    {
        using var scope = NewDisposeScope();
        var selected = Select(maps);
        return scratch.Features(scratch.call(pretrained is null ? selected : pretrained.call(selected))).MoveToOuterDisposeScope();
    }

    /// <summary>Cosines of pixels <c>(N, C, h, w)</c> with words <c>(K, C)</c>, or with words of each image <c>(N, K, C)</c>, times
    /// 1/0.07: <c>(N, K, h, w)</c>. A vector of zeros gives NaN.</summary>
    /// <param name="features">Vectors of pixels, of any length.</param>
    /// <param name="texts">Vectors of words, of any length.</param>
    public static Tensor Similarity(Tensor features, Tensor texts)
    {
        using var scope = NewDisposeScope();
        // In the authors' order, so that rounding is theirs, too: a product near zero is a difference of large ones.
        var pixels = features.flatten(2).transpose(1, 2);
        pixels = Scale * (pixels / pixels.norm(-1, keepdim: true));
        var products = matmul(pixels, (texts / texts.norm(-1, keepdim: true)).transpose(-2, -1)).transpose(1, 2);
        return products.reshape(features.shape[0], texts.shape[^2], features.shape[2], features.shape[3]).MoveToOuterDisposeScope();
    }

    /// <inheritdoc/>
    public override string? ProblemWith(IReadOnlyList<int> strides) =>
        patchSize is not { } patch || strides.All(stride => stride == patch) ? null
        : $"This LanguageHead reassembles maps at stride {patch}, not [{string.Join(", ", strides)}]: make it with LanguageHead.For.";

    /// <summary>Makes a checkpoint fit: words that the authors' files do not hold stay as they are here.</summary>
    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint)
    {
        var fitted = checkpoint.ToDictionary();
        fitted.TryAdd(nameof(text_features), text_features);
        return fitted;
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(IReadOnlyList<long> pixels)
    {
        long[] selected = [.. Inputs.Select(input => pixels[input])];
        var pyramid = pretrained?.Pixels(selected) ?? selected;
        return (pretrained?.MultiplyAdds(selected) ?? 0) + scratch.MultiplyAdds(pyramid)
            + scratch.HeadMultiplyAdds(4.0 * pyramid[0], Classes);
    }

    private void CheckTexts(Tensor texts)
    {
        if (texts.dim() != 2 || texts.shape[0] < 1 || texts.shape[1] != TextWidth)
        {
            throw new ArgumentException(
                $"Expected words (K, {TextWidth}), got ({string.Join(", ", texts.shape)}): encode them with the encoder that the "
                + "model was trained with.", nameof(texts));
        }

        using var scope = NewDisposeScope();
        var lengths = texts.detach().to(ScalarType.Float64).norm(1);
        if (!lengths.isfinite().logical_and(lengths.gt(0)).all().item<bool>())
        {
            throw new ArgumentException("A word's vector is zero or no number: no pixel can be like it.", nameof(texts));
        }
    }

    private static int[] Four(int[] channels) => channels.Length == 4
        ? channels
        : throw new ArgumentException(
            $"LanguageHead reads four maps, got channels [{string.Join(", ", channels)}]: choose a backbone of four maps.");
}
