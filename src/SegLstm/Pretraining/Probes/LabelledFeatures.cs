using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>Features of tiles and the class that most labelled pixels of each have. Owns its tensor.</summary>
public sealed class LabelledFeatures : IDisposable
{
    /// <summary>Takes features over.</summary>
    /// <param name="features">(N, D), floating point.</param>
    /// <param name="labels">The class of each row.</param>
    /// <param name="classes">Number of classes.</param>
    /// <exception cref="ArgumentException">Another number of labels, or a label that is no class.</exception>
    public LabelledFeatures(Tensor features, IReadOnlyList<int> labels, int classes)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        if (features.shape.Length != 2 || features.shape[0] != labels.Count)
        {
            throw new ArgumentException(
                $"{labels.Count} labels for features ({string.Join(", ", features.shape)}): expected (items, dimensions) and a label an item.", nameof(labels));
        }

        if (labels.FirstOrDefault(label => label < 0 || label >= classes, -1) is var wrong and not -1)
            throw new ArgumentException($"There is the label {wrong}: expected 0 to {classes - 1}.", nameof(labels));
        (Features, Labels, Classes) = (features, labels, classes);
    }

    /// <summary>(N, D).</summary>
    public Tensor Features { get; }

    /// <summary>The class of each row.</summary>
    public IReadOnlyList<int> Labels { get; }

    /// <summary>Number of classes.</summary>
    public int Classes { get; }

    /// <summary>The item of the data set that each row is of; empty where <see cref="Of"/> did not make them.</summary>
    public IReadOnlyList<long> Items { get; private init; } = [];

    /// <summary>Items of the data set that are left out as none of their pixels has a label.</summary>
    public IReadOnlyList<long> Unlabelled { get; private init; } = [];

    /// <summary>Encodes the tiles of a data set and takes the mean of each tile's features over its places.</summary>
    /// <param name="encode">
    /// Images (N, C, H, W) to features (N, D, h, w) or (N, D), as the last map of a backbone in evaluation mode:
    /// <c>x => backbone.call(x)[^1]</c>.
    /// </param>
    /// <param name="data">Yields "image" (C, H, W) and "label" (H, W).</param>
    /// <param name="classes">Number of classes.</param>
    /// <param name="ignoreIndex">Label that counts for nothing.</param>
    /// <param name="batch">Tiles that are encoded at once.</param>
    /// <exception cref="ArgumentException">Features of another shape, a label that is no class, or no tile with a
    /// label.</exception>
    public static LabelledFeatures Of(
        Func<Tensor, Tensor> encode, utils.data.Dataset data, int classes, int ignoreIndex = 255, int batch = 16)
    {
        ArgumentNullException.ThrowIfNull(encode);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        var features = new List<Tensor>();
        List<int> labels = [];
        List<long> items = [], unlabelled = [];
        foreach (long[] part in Enumerable.Range(0, checked((int)data.Count)).Select(item => (long)item).Chunk(batch))
        {
            // Images go with their batch; a data set as a whole may not fit into memory.
            using var held = NewDisposeScope();
            var images = new List<Tensor>();
            foreach (long item in part)
            {
                Dictionary<string, Tensor> tile = data.GetTensor(item);
                int? label = Majority(tile["label"], classes, ignoreIndex);
                (label is null ? unlabelled : items).Add(item);
                if (label is null) continue;
                labels.Add(label.Value);
                images.Add(tile["image"]);
            }

            if (images.Count > 0) features.Add(Pooled(encode(stack(images))).MoveToOuterDisposeScope());
        }

        if (labels.Count == 0)
            throw new ArgumentException($"None of {data.Count} tiles has a label: there is nothing to probe with.", nameof(data));
        return new LabelledFeatures(cat(features, 0).MoveToOuterDisposeScope(), labels, classes) { Items = items, Unlabelled = unlabelled };
    }

    /// <summary>Frees the features.</summary>
    public void Dispose() => Features.Dispose();

    internal static void RequireAlike(LabelledFeatures train, LabelledFeatures test)
    {
        ArgumentNullException.ThrowIfNull(train);
        ArgumentNullException.ThrowIfNull(test);
        if ((train.Features.shape[1], train.Classes) != (test.Features.shape[1], test.Classes))
        {
            throw new ArgumentException(
                $"The sets have {train.Features.shape[1]} and {test.Features.shape[1]} dimensions, {train.Classes} and {test.Classes} classes: "
                + "expected features of one encoder and labels of one legend.");
        }
    }

    private static int? Majority(Tensor label, int classes, int ignoreIndex)
    {
        int[] counts = new int[classes];
        using var accessor = label.to_type(ScalarType.Int64).cpu().contiguous().data<long>();
        foreach (long value in accessor)
        {
            if (value == ignoreIndex) continue;
            if (value < 0 || value >= classes)
            {
                throw new ArgumentException(
                    $"There is the label {value}: expected 0 to {classes - 1}, or {ignoreIndex}.");
            }

            counts[value]++;
        }

        int most = counts.Max();
        return most == 0 ? null : Array.IndexOf(counts, most);
    }

    private static Tensor Pooled(Tensor features) => features.shape.Length switch
    {
        2 => features.to_type(ScalarType.Float64).cpu(),
        4 => features.to_type(ScalarType.Float64).mean([2L, 3L]).cpu(),
        _ => throw new ArgumentException($"The encoder gives ({string.Join(", ", features.shape)}): expected (N, D, h, w) or (N, D)."),
    };
}
