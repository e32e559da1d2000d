using SegLstm.Data.Augmentation;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Classification;

/// <summary>Pictures in files, normalised with ImageNet's means and deviations.</summary>
/// <param name="set">The pictures.</param>
/// <param name="size">Side of the square that each becomes, in pixels.</param>
/// <param name="fit">How, where nothing is varied.</param>
/// <param name="augmentation">How training pictures are varied; null not at all.</param>
/// <param name="seed">Says how they are.</param>
public sealed class ImageFileData(ImageSet set, int size, ImageFit fit, ImageAugmentation? augmentation, long seed) : ClassificationData
{
    private static readonly BandStatistics ImageNet = new([123.675f, 116.28f, 103.53f], [58.395f, 57.12f, 57.375f]);

    /// <summary>The pictures.</summary>
    public ImageSet Set => set;

    /// <inheritdoc />
    public override string Name => set.Name;

    /// <inheritdoc />
    public override IReadOnlyList<string> ClassNames => set.ClassNames;

    /// <inheritdoc />
    public override IReadOnlyList<string> Bands { get; } = ["red", "green", "blue"];

    /// <inheritdoc />
    public override IReadOnlyList<int> DisplayBands { get; } = [0, 1, 2];

    /// <inheritdoc />
    public override BandStatistics Statistics => ImageNet;

    /// <inheritdoc />
    public override utils.data.Dataset? Of(Split split) => set.Of(split) is { Count: > 0 } images
        ? new LabelledImages(images, size, fit, split == Split.Train ? augmentation : null, ImageNet, seed) : null;

    /// <inheritdoc />
    public override IReadOnlyList<long> Counts(Split split)
    {
        long[] counts = new long[set.ClassNames.Count];
        foreach (LabelledImage image in set.Of(split)) counts[image.Label]++;
        return counts;
    }
}
