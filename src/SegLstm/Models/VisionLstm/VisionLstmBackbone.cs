using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.VisionLstm;

/// <summary>A Vision-LSTM as segmentation backbone: taps into the residual stream, and the feature pyramid where the patch size
/// has one.</summary>
/// <remarks>The authors' ADE20K set-up: sub-blocks 7, 11, 15, 23 of 24, no final norm, pyramid of strides 4, 8, 16, 32.</remarks>
public sealed class VisionLstmBackbone : Backbone
{
    private static readonly string[] AfterTaps = ["encoder.norm.", "encoder.legacy_norm.", "encoder.head."];

    private readonly VilEncoder encoder;
    private readonly FeaturePyramid? postprocessor;
    private readonly int[] taps;

    /// <summary>Makes the backbone; head and final norms of the configuration are left out.</summary>
    /// <param name="config">The Vision-LSTM.</param>
    /// <param name="taps">Sub-blocks, ascending from 0, whose outputs become feature maps.</param>
    /// <param name="pyramid">Resample four taps to strides 4, 8, 16, 32; else all maps keep the token grid.</param>
    /// <exception cref="ArgumentException">The configuration or the taps are not valid, or the patch size has no
    /// pyramid.</exception>
    public VisionLstmBackbone(VisionLstmConfig config, int[] taps, bool pyramid)
        : base(nameof(VisionLstmBackbone), StridesOf(config, taps, pyramid), [.. Enumerable.Repeat((int)config.Dim, taps.Length)])
    {
        var features = config with { Classes = null, Head = TokenHead.None, LegacyNorm = false, PostBlocksNorm = false };
        encoder = features.Version == 1 ? new VisionLSTM(features) : new VisionLSTM2(features);
        encoder.CheckTaps(taps);
        this.taps = taps;
        postprocessor = pyramid ? new FeaturePyramid(config.Dim, config.PatchSize) : null;
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override int SizeMultiple => (int)encoder.Config.PatchSize;

    /// <summary><c>(N, bands, h, w)</c> to one map a tap.</summary>
    public override Tensor[] forward(Tensor image)
    {
        using var scope = NewDisposeScope();
        encoder.ActivationCheckpointing = ActivationCheckpointing;
        var maps = encoder.Taps(image, taps);
        return [.. (postprocessor is null ? maps : postprocessor.forward(maps)).Select(map => map.MoveToOuterDisposeScope())];
    }

    /// <summary>Takes checkpoints of this backbone and of whole classifiers, of which the norms at the end and the head are left
    /// out.</summary>
    /// <inheritdoc/>
    public override Dictionary<string, Tensor> Fit(Dictionary<string, Tensor> checkpoint)
    {
        var own = checkpoint.Keys.Any(name => name.StartsWith("encoder.", StringComparison.Ordinal));
        var named = checkpoint.ToDictionary(entry => own ? entry.Key : $"encoder.{entry.Key}", entry => entry.Value);
        foreach (var name in named.Keys.Where(name => AfterTaps.Any(part => name.StartsWith(part, StringComparison.Ordinal))).ToList())
        {
            named.Remove(name);
        }

        return VilCheckpoint.Fit(named, state_dict());
    }

    /// <inheritdoc/>
    public override double MultiplyAdds(long height, long width) =>
        VilComplexity.Encoder(encoder.Config, height, width, taps[^1] + 1)
        + (postprocessor?.MultiplyAdds(VilComplexity.Grid(encoder.Config, height, width).Tokens) ?? 0);

    private static int[] StridesOf(VisionLstmConfig config, int[] taps, bool pyramid)
    {
        if (pyramid && taps.Length != FeaturePyramid.Strides.Count)
        {
            throw new ArgumentException(
                $"The feature pyramid is made of {FeaturePyramid.Strides.Count} taps, got {taps.Length}.", nameof(taps));
        }

        return pyramid ? [.. FeaturePyramid.Strides]
            : [.. Enumerable.Repeat((int)(config.Stride ?? config.PatchSize), taps.Length)];
    }
}
