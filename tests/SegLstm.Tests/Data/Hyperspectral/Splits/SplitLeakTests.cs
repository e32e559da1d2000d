using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Splits;

namespace SegLstm.Tests.Data.Hyperspectral.Splits;

/// <summary>The leak is what one counts by hand, large in random splits and none in disjoint ones.</summary>
public sealed class SplitLeakTests
{
    [Fact]
    public void Distances_and_shares_are_those_counted_by_hand()
    {
        // Columns of one row: training at 0; test at 1, 2, 4 and 9.
        var leak = SplitLeak.Of(new PixelSplit([0], [1, 2, 4, 9]), height: 1, width: 10, windowSize: 3);
        Assert.Equal(new SplitLeak(3, SeenShare: 0.25, OverlapShare: 0.5, NearestLeast: 1, NearestMedian: 4, NearestMean: 4), leak);
    }

    [Fact]
    public void Distances_agree_with_all_pairs()
    {
        var random = new Random(5);
        int[] pixels = [.. Enumerable.Range(0, 30 * 20).OrderBy(_ => random.Next())];
        var split = new PixelSplit(pixels[..12], pixels[12..]);
        int[] nearest = [.. split.Test.Select(test => split.Train.Min(train => Math.Max(Math.Abs(test / 20 - train / 20),
            Math.Abs(test % 20 - train % 20)))).Order()];
        foreach (int size in new[] { 1, 3, 5, 9 })
        {
            var leak = SplitLeak.Of(split, 30, 20, size);
            Assert.Equal(nearest.Count(d => d < size) / (double)nearest.Length, leak.OverlapShare);
            Assert.Equal(nearest.Count(d => d <= size / 2) / (double)nearest.Length, leak.SeenShare);
            Assert.Equal((nearest[0], nearest[nearest.Length / 2], nearest.Average()), (leak.NearestLeast, leak.NearestMedian,
                leak.NearestMean));
        }
    }

    [Fact]
    public void Random_splits_leak_and_disjoint_ones_do_not()
    {
        var scene = HyperspectralSamples.Fields;
        var budget = LabelBudget.Share(0.1);
        var random = SplitLeak.Of(PixelSplits.Random(scene, budget, 1), scene.Height, scene.Width, 7);
        var disjoint = SplitLeak.Of(PixelSplits.Disjoint(scene, budget, 7, 1, 16), scene.Height, scene.Width, 7);
        Assert.True(random.OverlapShare > 0.9, $"{random.OverlapShare}");
        Assert.Equal((0, 0), (disjoint.OverlapShare, disjoint.SeenShare));
        Assert.True(disjoint.NearestMedian > random.NearestMedian);
    }

    [Fact]
    public void An_empty_part_is_refused() =>
        Assert.Throws<ArgumentException>(() => SplitLeak.Of(new PixelSplit([], [1]), 2, 2, 1));
}
