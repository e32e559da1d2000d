using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>A Vision-LSTM as segmentation backbone: taps into the residual stream, and the feature pyramid where the distance of
/// the tokens has one.</summary>
/// <remarks>The authors' ADE20K set-up: sub-blocks 7, 11, 15, 23 of 24, no final norm, pyramid of strides 4, 8, 16, 32. Names
/// <c>encoder, postprocessor</c>, as in the training code.</remarks>
public sealed class VisionLstmBackbone : Backbone
{
    private const string Prefix = "encoder.";

    private readonly TokenEncoder encoder;
    private readonly FeaturePyramid? postprocessor;
    private readonly int[] taps;

    /// <summary>Makes the backbone of a release; head and final norms of the configuration are left out.</summary>
    /// <param name="config">The Vision-LSTM.</param>
    /// <param name="taps">Sub-blocks, ascending from 0, whose outputs become feature maps.</param>
    /// <param name="pyramid">Resample four taps to strides 4, 8, 16, 32; else all maps keep the token grid.</param>
    /// <exception cref="ArgumentException">The configuration or the taps are not valid, or there is no pyramid for the
    /// stride.</exception>
    public VisionLstmBackbone(VisionLstmConfig config, int[] taps, bool pyramid) : this(Encoder(config), taps, pyramid)
    {
    }

    /// <summary>Makes the backbone of a model of the training code; head and final norm are left out, learned tokens are
    /// registers.</summary>
    /// <inheritdoc cref="VisionLstmBackbone(VisionLstmConfig, int[], bool)"/>
    public VisionLstmBackbone(VisLstmConfig config, int[] taps, bool pyramid)
        : this(new VisLSTM(config with { Classes = null, Head = TokenHead.ToImage, PostBlocksNorm = false }), taps, pyramid)
    {
    }

    private VisionLstmBackbone(TokenEncoder encoder, int[] taps, bool pyramid)
        : base(nameof(VisionLstmBackbone), StridesOf(encoder, taps, pyramid),
            [.. Enumerable.Repeat((int)encoder.Dim, taps.Length)])
    {
        encoder.CheckTaps(taps);
        (this.encoder, this.taps) = (encoder, taps);
        postprocessor = pyramid ? new FeaturePyramid(encoder.Dim, encoder.Stride) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override int SizeMultiple => (int)encoder.PatchSize;

    /// <summary><c>(N, bands, h, w)</c> to one map a tap.</summary>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        encoder.ActivationCheckpointing = ActivationCheckpointing;
        var maps = encoder.Taps(image, taps);
        return [.. (postprocessor is null ? maps : postprocessor.call(maps)).Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>Makes a checkpoint fit: that of a backbone, or that of a classifier, which goes into the encoder.</summary>
    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint)
    {
        var isBackbone = checkpoint.Keys.Any(IsEncoder);
        var fitted = encoder.Fit(checkpoint.Where(entry => !isBackbone || IsEncoder(entry.Key)).ToDictionary(
            entry => isBackbone ? entry.Key[Prefix.Length..] : entry.Key, entry => entry.Value));
        return fitted.Select(entry => KeyValuePair.Create(Prefix + entry.Key, entry.Value))
            .Concat(checkpoint.Where(entry => isBackbone && !IsEncoder(entry.Key))).ToDictionary();
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width) =>
        encoder.MultiplyAdds(height, width, taps[^1] + 1)
        + (postprocessor?.MultiplyAdds(encoder.GridOf(height, width).Tokens) ?? 0);

    private static bool IsEncoder(string name) => name.StartsWith(Prefix, StringComparison.Ordinal);

    private static VilEncoder Encoder(VisionLstmConfig config)
    {
        var features = config with { Classes = null, Head = TokenHead.None, LegacyNorm = false, PostBlocksNorm = false };
        return features.Version == 1 ? new VisionLSTM(features) : new VisionLSTM2(features);
    }

    private static int[] StridesOf(TokenEncoder encoder, int[] taps, bool pyramid)
    {
        if (pyramid && taps.Length != FeaturePyramid.Strides.Count)
        {
            throw new ArgumentException(
                $"The feature pyramid is made of {FeaturePyramid.Strides.Count} taps, got {taps.Length}.", nameof(taps));
        }

        return pyramid ? [.. FeaturePyramid.Strides] : [.. Enumerable.Repeat((int)encoder.Stride, taps.Length)];
    }
}
