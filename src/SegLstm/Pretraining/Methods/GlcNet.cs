using SegLstm.Models;
using SegLstm.Models.DeepLab;
using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Networks;
using SegLstm.Pretraining.Regions;
using SegLstm.Training;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Methods;

/// <summary>GLCNet: the style of whole views, and small regions that both views show, are contrasted each with
/// their like.</summary>
/// <remarks>
/// <para>A view's style is mean and unbiased variance of the coarse map, behind the encoder's dropout; <c>proj</c> maps it to the
/// vectors of the global loss. The decoder's map at the image's size, averaged over n boxes of p×p pixels, goes through
/// <c>proj1</c> to the local loss, where other boxes of the same image are negatives too. Both losses are
/// <see cref="NtXentLoss"/> in the authors' form, so they can be negative. Views pass the network one after the other: batch
/// norms see one view at a time and move twice a step.</para>
/// <para>Around DeepLabV3+ (<see cref="Trunk(DeepLabConfig)"/>) it is the published network under its names
/// (<c>backbone, encoder, decoder, proj, proj1</c>). Around any other backbone the style is that of its last map, and a light
/// decoder of all its maps stands in for DeepLab's. What an ablation does not use stays in the state dict, as in the authors'
/// checkpoints. Source: GLCNet (arXiv 2106.10605); GeoX-Lab/G-RSIM, <c>models/GLCNet.py</c>.</para>
/// <code>
/// var method = new GlcNet(new Trunk(new DeepLabConfig()), new GlcNetOptions());
/// PretrainingLoss loss = method.forward(batch);        // loss.Parts: "global" and "local"
/// </code>
/// </remarks>
public sealed class GlcNet : PretrainingMethod
{
    private readonly Backbone backbone;
    private readonly DeepLabEncoder? encoder;
    private readonly nn.Module decoder;
    private readonly Sequential proj;
    private readonly Sequential proj1;
    private readonly Trunk trunk;
    private readonly GlcNetOptions options;
    private readonly NtXentLoss contrast;
    private readonly Func<TrunkFeatures, Tensor> decode;

    /// <summary>Makes the method.</summary>
    /// <param name="trunk">What is pre-trained.</param>
    /// <param name="options">What is contrasted.</param>
    /// <exception cref="ArgumentException">The options cannot be used; all faults are named.</exception>
    public GlcNet(Trunk trunk, GlcNetOptions options) : base(nameof(GlcNet))
    {
        Problems.ThrowIfAny(nameof(GlcNet), [.. options.Validate()]);
        (this.trunk, this.options, contrast) = (trunk, options, new NtXentLoss(options.Temperature));
        (backbone, encoder) = (trunk.Backbone, trunk.Encoder);
        (decoder, decode) = Decoder(trunk, options.Channels);
        var statistics = options.Variant == GlcNetVariant.NoStyle ? 1 : 2;
        proj = ProjectionHead.Plain(statistics * trunk.Channels, trunk.Channels, options.Channels);
        proj1 = ProjectionHead.Plain(options.Channels, options.Channels, options.Channels);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override bool NeedsIndices => HasLocal;

    private bool HasLocal => options.Variant != GlcNetVariant.NoLocal;

    private bool HasGlobal => options.Variant != GlcNetVariant.NoGlobal;

    /// <summary>Two views with their index maps to the loss, with its parts <c>global</c> and <c>local</c>; an ablation's has one
    /// part only.</summary>
    /// <exception cref="ArgumentException">Index maps are missing, views of an image share no place for a box, or views are so
    /// small that the coarse map is a single pixel, which has no variance.</exception>
    public override PretrainingLoss forward(ViewBatch batch)
    {
        LocalRegions? regions = null;
        using var scope = NewDisposeScope();
        if (HasLocal)
        {
            regions = batch is { FirstIndex: { } first, SecondIndex: { } second }
                ? LocalRegions.Draw(first, second, options.BoxSize, options.BoxCount, new SeedStreams(batch.Seed))
                : throw new ArgumentException(
                    "GLCNet matches local regions and needs the index maps of both views, but the batch has none: give a data "
                    + "set with \"first_index\" and \"second_index\", or choose the variant NoLocal.", nameof(batch));
        }

        var loss = Contrast(See(batch.First, regions?.First), See(batch.Second, regions?.Second));
        return new PretrainingLoss(
            loss.Total.MoveToOuterDisposeScope(),
            [.. loss.Parts.Select(part => (part.Name, part.Value.MoveToOuterDisposeScope()))]);
    }

    /// <summary>Passes one view through the network.</summary>
    /// <param name="image"><c>(B, bands, H, W)</c>.</param>
    /// <param name="boxes">int64 <c>(B, n, 4)</c>; null where there is no local part.</param>
    internal GlcNetView See(Tensor image, Tensor? boxes)
    {
        var features = trunk.Encode(image);
        var (style, decoded) = (HasGlobal ? Style(features) : null, HasLocal ? decode(features) : null);
        var local = decoded is null ? null : BoxMeans.Of(decoded, boxes!, image.shape[2], image.shape[3]);
        return new GlcNetView(
            features.Coarse, decoded, style, local, style is null ? null : proj.call(style),
            local is null ? null : proj1.call(local));
    }

    /// <summary>The loss of two views.</summary>
    internal PretrainingLoss Contrast(GlcNetView first, GlcNetView second)
    {
        var whole = HasGlobal ? contrast.call(first.Global!, second.Global!) : null;
        var local = HasLocal ? contrast.call(first.Matched!, second.Matched!) : null;
        return (whole, local) switch
        {
            (not null, not null) => new PretrainingLoss(
                (options.Lambda * whole) + ((1 - options.Lambda) * local), ("global", whole), ("local", local)),
            (not null, null) => new PretrainingLoss(whole),
            _ => new PretrainingLoss(local!),
        };
    }

    private Tensor Style(TrunkFeatures features)
    {
        if (options.Variant == GlcNetVariant.NoStyle)
        {
            return features.Mean;
        }

        var coarse = features.Coarse;
        if (coarse.shape[2] * coarse.shape[3] < 2)
        {
            throw new ArgumentException(
                "The style of a view has the variance of the coarse map, which is a single pixel here: give larger views, or "
                + "choose the variant NoStyle.");
        }

        return cat([features.Mean, coarse.var([2, 3], unbiased: true)], 1);
    }

    private static (nn.Module Decoder, Func<TrunkFeatures, Tensor> Decode) Decoder(Trunk trunk, int channels)
    {
        if (trunk.DeepLab is { } network)
        {
            var deepLab = new DeepLabDecoder(network with { Decoder = DeepLabDecoderKind.PreTraining, Classes = channels });
            return (deepLab, features => deepLab.call(features.Coarse, features.Maps[0]));
        }

        var light = new LightDecoder(trunk.Backbone.Channels, trunk.Backbone.Strides, channels);
        return (light, features => light.call(features.Maps));
    }
}
