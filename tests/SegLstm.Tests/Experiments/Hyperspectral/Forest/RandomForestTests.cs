using SegLstm.Experiments.Hyperspectral.Forest;

namespace SegLstm.Tests.Experiments.Hyperspectral.Forest;

public sealed class RandomForestTests
{
    [Fact]
    public void Rings_that_no_line_parts_are_learnt()
    {
        var (features, labels) = Rings(600, seed: 1);
        var forest = RandomForest.Grow(features, 2, labels, 2, trees: 50);
        var (asked, truth) = Rings(500, seed: 2);
        var right = Enumerable.Range(0, 500).Count(i => forest.Classify(asked.AsSpan(2 * i, 2)) == truth[i]);
        Assert.True(right > 460, $"{right} of 500");
    }

    [Fact]
    public void One_tree_tells_all_samples_of_its_resample_apart()
    {
        var (features, labels) = Rings(200, seed: 3);
        var tree = DecisionTree.Grow(features, 2, labels, 2, [.. Enumerable.Range(0, 200)], new Random(1));
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(labels[i], tree.Classify(features.AsSpan(2 * i, 2))));
    }

    [Fact]
    public void The_same_seed_grows_the_same_forest_on_any_number_of_threads()
    {
        var (features, labels) = Rings(150, seed: 4);
        int[] Answers(long seed)
        {
            var forest = RandomForest.Grow(features, 2, labels, 2, trees: 5, seed);
            return [.. Enumerable.Range(0, 400).Select(i => forest.Classify([(i % 20 / 10f) - 1, (i / 20 / 10f) - 1]))];
        }

        Assert.Equal(Answers(7), Answers(7));
        Assert.NotEqual(Answers(7), Answers(8));
    }

    [Fact]
    public void Equal_samples_of_two_classes_and_a_single_class_end_in_leaves()
    {
        var forest = RandomForest.Grow([1, 1, 1, 1], 1, [0, 1, 1, 1], 3, trees: 21);
        Assert.Equal(1, forest.Classify([1]));
        Assert.Equal(2, RandomForest.Grow([1, 2], 1, [2, 2], 3, trees: 3).Classify([9]));
        Assert.Throws<ArgumentException>(() => RandomForest.Grow([1], 1, [0, 1], 2));
    }

    internal static (float[] Features, int[] Labels) Rings(int count, int seed)
    {
        var random = new Random(seed);
        var (features, labels) = (new float[2 * count], new int[count]);
        for (var i = 0; i < count; i++)
        {
            labels[i] = i % 2;
            var (angle, radius) = (2 * Math.PI * random.NextDouble(), labels[i] == 0 ? 0.35 * random.NextDouble() : 0.5 + (0.4 * random.NextDouble()));
            (features[2 * i], features[(2 * i) + 1]) = ((float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle)));
        }

        return (features, labels);
    }
}
