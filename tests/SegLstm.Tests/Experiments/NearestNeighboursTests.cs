using SegLstm.Experiments;

namespace SegLstm.Tests.Experiments;

public class NearestNeighboursTests
{
    [Theory]
    [InlineData(3, 9, 256)]
    [InlineData(3, 5, 4)]
    [InlineData(27, 9, 16)]
    [InlineData(1, 1, 2)]
    public void The_tree_finds_what_brute_force_finds_ties_included(int dimensions, int neighbours, int levels)
    {
        // Few levels make many samples at the same distance, as byte imagery does.
        var random = new Random(dimensions * 1000 + levels);
        const int Samples = 1500;
        float[] features = Draw(random, Samples * dimensions, levels);
        int[] classes = [.. Enumerable.Range(0, Samples).Select(_ => random.Next(4))];
        var tree = new NearestNeighbours(features, dimensions, classes);
        int[] found = new int[neighbours];
        for (int q = 0; q < 200; q++)
        {
            float[] query = Draw(random, dimensions, levels);
            tree.Find(query, found);
            int[] expected = BruteForce(features, dimensions, query, neighbours);
            Assert.Equal(expected, found);
            int winner = expected.GroupBy(i => classes[i]).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).First().Key;
            Assert.Equal(winner, tree.Classify(query, neighbours));
        }
    }

    [Fact]
    public void Equal_samples_are_neighbours_in_the_order_of_their_index()
    {
        var tree = new NearestNeighbours(new float[1000 * 2], 2, new int[1000]);
        int[] found = new int[9];
        tree.Find([1, 1], found);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 8], found);
    }

    [Fact]
    public void A_tied_vote_goes_to_the_lower_class()
    {
        var tree = new NearestNeighbours([0f, 1f, 2f, 3f], 1, [2, 1, 1, 2]);
        Assert.Equal(1, tree.Classify([1.5f], 4));
    }

    [Fact]
    public void With_fewer_samples_than_neighbours_all_of_them_vote()
    {
        var tree = new NearestNeighbours([0f, 10f, 11f], 1, [0, 3, 3]);
        Assert.Equal(3, tree.Classify([0], 9));
    }

    [Fact]
    public void Lengths_that_disagree_are_refused_with_both_numbers()
    {
        var error = Assert.Throws<ArgumentException>(() => new NearestNeighbours(new float[7], 3, [0, 1]));
        Assert.Contains("7 features for 2 samples of 3", error.Message);
    }

    private static float[] Draw(Random random, int count, int levels) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)random.Next(levels) / 3)];

    private static int[] BruteForce(float[] features, int dimensions, float[] query, int neighbours) =>
        [.. Enumerable.Range(0, features.Length / dimensions)
            .Select(i => (Index: i, Distance: Enumerable.Range(0, dimensions)
                .Aggregate(0.0, (sum, d) =>
                    sum + ((double)query[d] - features[i * dimensions + d]) * ((double)query[d] - features[i * dimensions + d]))))
            .OrderBy(s => s.Distance).ThenBy(s => s.Index)
            .Take(neighbours).Select(s => s.Index)];
}
