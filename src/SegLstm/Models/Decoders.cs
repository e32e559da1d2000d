using SegLstm.Heads;

namespace SegLstm.Models;

/// <summary>Makes segmenters of any backbone and one of the decoders that the papers compare.</summary>
public static class Decoders
{
    /// <summary>Composes a model; the decoder takes the widths of the backbone's maps.</summary>
    /// <param name="backbone">The backbone.</param>
    /// <param name="classes">Classes.</param>
    /// <param name="decoder">The decoder.</param>
    /// <param name="channels">Width of the decoder; null: the published one, 256 for DPT and 512 for the others. The linear
    /// probe has none.</param>
    /// <param name="auxiliaryChannels">Width of the auxiliary head; 256 is published, 0 leaves it out.</param>
    /// <param name="auxiliaryInput">Map that the auxiliary head reads; null: the last but one.</param>
    /// <param name="dropout">Channel dropout in front of the classifiers.</param>
    /// <returns>The model with fresh parameters.</returns>
    /// <exception cref="ArgumentException">The decoder does not fit: too few maps; the message says what would.</exception>
    public static Segmenter Compose(
        Backbone backbone, int classes, Decoder decoder = Decoder.UPerNet, int? channels = null, int auxiliaryChannels = 256,
        int? auxiliaryInput = null, double dropout = 0.1)
    {
        var auxiliary = auxiliaryInput ?? Math.Max(backbone.Channels.Length - 2, 0);
        return new Segmenter(
            backbone,
            Make(backbone, classes, decoder, channels ?? (decoder == Decoder.Dpt ? 256 : 512), dropout),
            auxiliaryChannels == 0 ? null : new FCNHead(
                Width(backbone, auxiliary), auxiliaryChannels, classes, auxiliary, convolutions: 1, concatInput: false,
                dropout: dropout));
    }

    private static Head Make(Backbone backbone, int classes, Decoder decoder, int channels, double dropout)
    {
        var widths = backbone.Channels;
        var last = widths.Length - 1;
        return decoder switch
        {
            Decoder.UPerNet => new UPerHead(widths, channels, classes, dropout: dropout),
            Decoder.DeepLabV3 => new ASPPHead(widths[last], channels, classes, last, dropout: dropout),
            Decoder.DeepLabV3Plus =>
                new DepthwiseSeparableASPPHead(widths[last], channels, classes, last, widths[0], dropout: dropout),
            Decoder.ApcNet => new APCHead(widths[last], channels, classes, last, dropout: dropout),
            Decoder.Ann when last == 0 => throw new ArgumentException(
                "ANN reads two maps, but the backbone gives one: choose UPerNet, DeepLabV3, APCNet or FCN.", nameof(decoder)),
            Decoder.Ann =>
                new ANNHead(widths[last - 1], widths[last], channels, channels / 2, classes, (last - 1, last), dropout: dropout),
            Decoder.Fcn => new FCNHead(widths[last], channels, classes, last, dropout: dropout),
            Decoder.Dpt when last != 3 => throw new ArgumentException(
                $"DPT reads four maps, but the backbone gives {widths.Length}: choose UPerNet, DeepLabV3, APCNet or FCN.",
                nameof(decoder)),
            Decoder.Dpt => new DPTHead(widths, classes, channels, StrideOfAll(backbone), dropout: dropout),
            Decoder.Linear => new LinearHead(widths, classes),
            _ => throw new ArgumentOutOfRangeException(nameof(decoder), decoder, "Unknown decoder."),
        };
    }

    /// <summary>The stride that all maps have; null where they are a pyramid.</summary>
    private static int? StrideOfAll(Backbone backbone) =>
        backbone.Strides.Distinct().Count() == 1 ? backbone.Strides[0] : null;

    private static int Width(Backbone backbone, int map) => map >= 0 && map < backbone.Channels.Length
        ? backbone.Channels[map]
        : throw new ArgumentException(
            $"There is no map {map} for the auxiliary head: {backbone.GetName()} gives {backbone.Channels.Length}.", nameof(map));
}
