using SegLstm.Training;

namespace SegLstm.Data.Hyperspectral.Splits;

/// <summary>
/// Draws which labelled pixels are learnt from. <see cref="Random"/> is what most papers do, and it leaks: neighbours of a training
/// pixel are in its window, and look like it. <see cref="Disjoint"/> keeps the two apart; <see cref="SplitLeak"/> measures either.
/// </summary>
public static class PixelSplits
{
    /// <summary>Single pixels of each class at random; all other labelled pixels are scored.</summary>
    /// <param name="scene">A labelled scene.</param>
    /// <param name="budget">How many of each class.</param>
    /// <param name="seed">Another seed draws others.</param>
    /// <exception cref="ArgumentException">The scene has no labels.</exception>
    public static PixelSplit Random(HyperspectralScene scene, LabelBudget budget, long seed)
    {
        ArgumentNullException.ThrowIfNull(budget);
        List<int> train = [], test = [];
        foreach (var (label, pixels) in ByClass(scene, _ => true))
        {
            Shuffle(pixels, seed, label);
            int count = budget.Of(pixels.Length);
            train.AddRange(pixels.AsSpan(0, count));
            test.AddRange(pixels.AsSpan(count));
        }

        return Sorted(train, test, $"random pixels, {budget}, seed {seed}");
    }

    /// <summary>
    /// Pixels of training blocks to learn from, and pixels of all other blocks to score; of these only such whose window shares no
    /// pixel with the window of any training pixel.
    /// </summary>
    /// <param name="scene">A labelled scene.</param>
    /// <param name="budget">How many of each class; the share is of all its labelled pixels, so that budgets compare with random splits.</param>
    /// <param name="windowSize">Pixels on the side of a model's window, odd.</param>
    /// <param name="seed">Another seed draws other blocks and other pixels.</param>
    /// <param name="blockSize">Pixels on a block's side.</param>
    /// <param name="margin">Pixels between windows that are kept free beyond that.</param>
    /// <exception cref="ArgumentException">The scene has no labels, or nothing would be left to score.</exception>
    public static PixelSplit Disjoint(
        HyperspectralScene scene, LabelBudget budget, int windowSize, long seed, int blockSize = 32, int margin = 0)
    {
        ArgumentNullException.ThrowIfNull(budget);
        Windows.Patches.CheckSize(windowSize);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(margin);
        bool[] isTraining = TrainingBlocks.Choose(scene, budget, blockSize, seed);
        List<int> train = [];
        foreach (var (label, pixels) in ByClass(scene, pixel => isTraining[pixel]))
        {
            Shuffle(pixels, seed, label);
            int wanted = budget.Of(scene.Labels.AsSpan().Count(label));
            train.AddRange(pixels.AsSpan(0, Math.Min(wanted, pixels.Length)));
        }

        int[] distance = PixelDistance.To(train, scene.Height, scene.Width);
        List<int> test = [.. Enumerable.Range(0, scene.Pixels).Where(pixel =>
            scene.Labels[pixel] != 0 && !isTraining[pixel] && distance[pixel] >= windowSize + margin)];
        if (test.Count == 0)
        {
            throw new ArgumentException(
                $"Nothing of '{scene.Name}' ({scene.Height}x{scene.Width}) is left to score with blocks of {blockSize}, windows of {windowSize} "
                + $"and a margin of {margin}: choose smaller ones.");
        }

        return Sorted(train, test, $"disjoint blocks of {blockSize}, windows of {windowSize}, margin {margin}, {budget}, seed {seed}");
    }

    /// <summary>The labelled pixels of each class, ascending, of those that are asked for.</summary>
    internal static IEnumerable<(byte Label, int[] Pixels)> ByClass(HyperspectralScene scene, Func<int, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(scene);
        var classes = Enumerable.Range(0, scene.Pixels).Where(pixel => scene.Labels[pixel] != 0).GroupBy(pixel => scene.Labels[pixel])
            .OrderBy(group => group.Key).ToArray();
        return classes.Length > 0 ? classes.Select(group => (group.Key, group.Where(isWanted).ToArray()))
            : throw new ArgumentException($"'{scene.Name}' has no labels: there is nothing to split.");
    }

    // A stream a class: what one class has does not move the draws of another.
    private static void Shuffle(int[] pixels, long seed, byte label) =>
        new SeedStreams(seed).Draw("hyperspectral pixels", epoch: 0, label).Shuffle(pixels);

    private static PixelSplit Sorted(List<int> train, List<int> test, string description)
    {
        train.Sort();
        test.Sort();
        return new PixelSplit([.. train], [.. test], description);
    }
}
