using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Splits;

namespace SegLstm.Tests.Data.Hyperspectral.Splits;

/// <summary>What each way to split promises, and that the disjoint one keeps what the random one does not.</summary>
public sealed class PixelSplitsTests
{
    private static HyperspectralScene Scene => HyperspectralSamples.Fields;

    [Fact]
    public void Random_splits_give_each_class_its_part_and_every_labelled_pixel_a_place()
    {
        var split = PixelSplits.Random(Scene, LabelBudget.Share(0.05), seed: 3);
        var (train, test) = split.Count(Scene.Labels, Scene.Classes);
        int[] counts = Scene.CountLabels();
        Assert.Equal(0, train[0] + test[0]);
        for (int label = 1; label <= Scene.Classes; label++)
        {
            Assert.Equal(Math.Max(1, (int)Math.Round(0.05 * counts[label])), train[label]);
            Assert.Equal(counts[label], train[label] + test[label]);
        }

        Assert.Empty(split.Train.Intersect(split.Test));
        Assert.Equal(split.Train.Order(), split.Train);
    }

    [Fact]
    public void The_same_seed_draws_the_same_and_another_seed_others()
    {
        var budget = LabelBudget.PerClass(10);
        Assert.Equal(PixelSplits.Random(Scene, budget, 1).Train, PixelSplits.Random(Scene, budget, 1).Train);
        Assert.NotEqual(PixelSplits.Random(Scene, budget, 1).Train, PixelSplits.Random(Scene, budget, 2).Train);
        Assert.Equal(PixelSplits.Disjoint(Scene, budget, 3, 1, 16).Train, PixelSplits.Disjoint(Scene, budget, 3, 1, 16).Train);
        Assert.NotEqual(PixelSplits.Disjoint(Scene, budget, 3, 1, 16).Train, PixelSplits.Disjoint(Scene, budget, 3, 2, 16).Train);
        Assert.Empty(PixelSplits.Random(Scene, budget, 1).Train.Except(PixelSplits.Random(Scene, LabelBudget.PerClass(20), 1).Train));
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(7, 0)]
    [InlineData(7, 4)]
    public void No_window_of_a_disjoint_test_touches_one_of_the_training(int windowSize, int margin)
    {
        for (long seed = 0; seed < 3; seed++)
        {
            var split = PixelSplits.Disjoint(Scene, LabelBudget.Share(0.03), windowSize, seed, blockSize: 16, margin);
            int nearest = split.Test.Min(test => split.Train.Min(train => Math.Max(
                Math.Abs(test / Scene.Width - train / Scene.Width), Math.Abs(test % Scene.Width - train % Scene.Width))));
            Assert.True(nearest >= windowSize + margin, $"{nearest} pixels with windows of {windowSize} and a margin of {margin}");
            Assert.All(split.Train.Concat(split.Test), pixel => Assert.NotEqual(0, Scene.Labels[pixel]));
            var (train, test) = split.Count(Scene.Labels, Scene.Classes);
            Assert.All(train.Skip(1), count => Assert.True(count > 0));
            Assert.All(test.Skip(1), count => Assert.True(count > 0));
        }
    }

    [Fact]
    public void Disjoint_splits_keep_blocks_apart()
    {
        var split = PixelSplits.Disjoint(Scene, LabelBudget.PerClass(15), 3, seed: 4, blockSize: 16);
        int Block(int pixel) => (pixel / Scene.Width / 16 * 100) + (pixel % Scene.Width / 16);
        Assert.Empty(split.Train.Select(Block).Intersect(split.Test.Select(Block)));
    }

    [Fact]
    public void A_class_of_one_pixel_is_learnt_from()
    {
        byte[] labels = new byte[64];
        labels[9] = 1;
        labels.AsSpan(32, 20).Fill(2);
        var scene = HyperspectralSamples.Of(new float[64], 8, 8, 1, labels);
        Assert.Contains(9, PixelSplits.Random(scene, LabelBudget.Share(0.01), 0).Train);
        Assert.Contains(9, PixelSplits.Disjoint(scene, LabelBudget.Share(0.01), 1, 0, blockSize: 2).Train);
    }

    [Fact]
    public void Scenes_that_cannot_be_split_are_refused()
    {
        var unlabelled = HyperspectralSamples.Of(new float[16], 4, 4, 1);
        Assert.Contains("no labels", Assert.Throws<ArgumentException>(() => PixelSplits.Random(unlabelled, LabelBudget.PerClass(1),
            0)).Message);
        var tiny = HyperspectralSamples.Counted(4, 4, 1);
        Assert.Contains("choose smaller", Assert.Throws<ArgumentException>(() => PixelSplits.Disjoint(tiny, LabelBudget.PerClass(1), 9,
            0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelBudget.Share(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => LabelBudget.PerClass(0));
        Assert.Throws<ArgumentException>(() => PixelSplits.Disjoint(Scene, LabelBudget.PerClass(1), 4, 0));
    }
}
