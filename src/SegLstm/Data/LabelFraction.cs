using SegLstm.Data.Rasters;
using SegLstm.Training;

namespace SegLstm.Data;

/// <summary>
/// Draws a part of the labels of a split, to learn from few: all other labels of the split become the ignored one, while the
/// image stays as it is. Draws with one seed are nested: what a share has, every greater share has too.
/// </summary>
/// <remarks>
/// By pixel, each class keeps its share, rounded, and at least one pixel. By block, the share counts blocks with labels,
/// rounded, in a random order that begins with as many as show every class: of few blocks 1 % therefore keeps more, and
/// <see cref="LabelDraw"/> says how much.
/// </remarks>
/// <param name="Share">Above 0 up to 1.</param>
/// <param name="Unit">Whole blocks, or single pixels of each class.</param>
/// <param name="Seed">
/// Says which; kept apart from a run's seed, so that runs with other seeds can learn from the same labels, or from others.
/// </param>
public sealed record LabelFraction(double Share, LabelFractionUnit Unit = LabelFractionUnit.Block, long Seed = 0)
{
    /// <summary>Draws from the labels of a scene.</summary>
    /// <param name="scene">A labelled scene; it is not changed.</param>
    /// <param name="blocks">Who gets which pixel.</param>
    /// <param name="split">The split whose labels are drawn.</param>
    /// <exception cref="ArgumentException">A share out of range, no labels, blocks of another size, or a split without a
    /// label.</exception>
    public LabelDraw Draw(Scene scene, SpatialBlocks blocks, Split split = Split.Train)
    {
        ArgumentNullException.ThrowIfNull(scene);
        ArgumentNullException.ThrowIfNull(blocks);
        return Draw(SceneArrays.Of(scene), blocks, split);
    }

    internal LabelDraw Draw(SceneArrays scene, SpatialBlocks blocks, Split split)
    {
        if (Share is not (> 0 and <= 1))
        {
            throw new ArgumentException(
                $"A share of {Share} of the labels: expected above 0 up to 1.");
        }

        if (scene.Labels is null) throw new ArgumentException($"'{scene.Name}' has no labels: there is nothing to draw from.");
        if ((blocks.Height, blocks.Width) != (scene.Height, scene.Width))
        {
            throw new ArgumentException(
                $"The blocks are of {blocks.Height}x{blocks.Width} pixels, '{scene.Name}' has {scene.Height}x{scene.Width}.");
        }

        var labelled = blocks.Blocks(split).Select(window => new LabelledBlock(window, scene)).Where(block => block.Pixels.Length > 0).ToArray();
        if (labelled.Length == 0) throw new ArgumentException($"The split {split} of '{scene.Name}' has no labelled pixels.");

        var chosen = Unit == LabelFractionUnit.Block ? Blocks(labelled) : Scattered(labelled, scene.Labels);
        byte[] labels = new byte[scene.Pixels];
        Array.Fill(labels, SceneArrays.Ignore);
        foreach (int pixel in chosen) labels[pixel] = scene.Labels[pixel];
        return new LabelDraw(this, scene, labels, labelled);
    }

    /// <summary>How many of some units the share is.</summary>
    private int Part(int count) => Math.Max(1, (int)Math.Round(Share * count));

    private IEnumerable<int> Blocks(LabelledBlock[] blocks)
    {
        var order = blocks.ToArray();
        new SeedStreams(Seed).Draw("label blocks", epoch: 0).Shuffle(order);
        // The classes that the fewest blocks show choose first, as they have the least choice.
        var cover = new List<LabelledBlock>();
        foreach (byte label in blocks.SelectMany(block => block.Classes).GroupBy(label => label)
            .OrderBy(blocksOf => blocksOf.Count()).ThenBy(blocksOf => blocksOf.Key).Select(blocksOf => blocksOf.Key))
        {
            if (!cover.Exists(block => block.Classes.Contains(label)))
                cover.Add(Array.Find(order, block => block.Classes.Contains(label))!);
        }

        return cover.Concat(order.Except(cover)).Take(Math.Max(cover.Count, Part(blocks.Length))).SelectMany(block => block.Pixels);
    }

    private IEnumerable<int> Scattered(LabelledBlock[] blocks, byte[] labels)
    {
        foreach (var pixels in blocks.SelectMany(block => block.Pixels).GroupBy(pixel => labels[pixel]))
        {
            int[] order = [.. pixels];
            new SeedStreams(Seed).Draw("label pixels", epoch: 0, pixels.Key).Shuffle(order);
            foreach (int pixel in order.AsSpan(0, Part(order.Length)).ToArray()) yield return pixel;
        }
    }

    /// <summary>A block of the split, its labelled pixels and their classes.</summary>
    internal sealed class LabelledBlock
    {
        internal LabelledBlock(Window window, SceneArrays scene)
        {
            Pixels = [.. Enumerable.Range(window.Y, window.Height)
                .SelectMany(row => Enumerable.Range(row * scene.Width + window.X, window.Width))
                .Where(pixel => scene.Labels![pixel] != SceneArrays.Ignore)];
            Classes = Pixels.Select(pixel => scene.Labels![pixel]).ToHashSet();
        }

        internal int[] Pixels { get; }

        internal IReadOnlySet<byte> Classes { get; }
    }
}
