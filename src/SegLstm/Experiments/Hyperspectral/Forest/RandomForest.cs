using SegLstm.Training;

namespace SegLstm.Experiments.Hyperspectral.Forest;

/// <summary>Random forest: trees on resampled training samples that each ask random features, and vote.</summary>
/// <remarks>
/// Source: Breiman, Random forests (Machine Learning, 2001): bootstrap samples, √d features a node, unpruned trees. Own code:
/// ML.NET's forest tells two classes apart only, and comes with native libraries.
/// </remarks>
public sealed class RandomForest
{
    private const string Stream = "forest";

    private readonly DecisionTree[] trees;
    private readonly int classes;

    private RandomForest(DecisionTree[] trees, int classes) => (this.trees, this.classes) = (trees, classes);

    /// <summary>Grows a forest, on all processors.</summary>
    /// <param name="features">Samples row by row, <c>(n, dimensions)</c>.</param>
    /// <param name="dimensions">Features of a sample.</param>
    /// <param name="labels">Class of each sample, from 0.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="trees">How many trees.</param>
    /// <param name="seed">Of the resampling and the features asked; the result does not depend on the processors.</param>
    /// <param name="stop">Ends the growing between two trees.</param>
    /// <exception cref="ArgumentException">There is no sample, or lengths disagree.</exception>
    public static RandomForest Grow(
        float[] features, int dimensions, int[] labels, int classes, int trees = 200, long seed = 0, CancellationToken stop = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trees, 1);
        if (labels.Length == 0 || features.Length != labels.Length * dimensions)
        {
            throw new ArgumentException(
                $"Expected {dimensions} features for each of at least one sample, got {features.Length} for {labels.Length}.",
                nameof(features));
        }

        var streams = new SeedStreams(seed);
        var grown = new DecisionTree[trees];
        Parallel.For(0, trees, new ParallelOptions { CancellationToken = stop }, tree =>
        {
            var random = streams.Draw(Stream, 0, tree);
            var samples = new int[labels.Length];
            for (var i = 0; i < samples.Length; i++)
            {
                samples[i] = random.Next(labels.Length);
            }

            grown[tree] = DecisionTree.Grow(features, dimensions, labels, classes, samples, random);
        });
        return new RandomForest(grown, classes);
    }

    /// <summary>The class that most trees name; of equals the lower.</summary>
    /// <param name="point">Features <c>(dimensions)</c>.</param>
    public int Classify(ReadOnlySpan<float> point)
    {
        Span<int> votes = stackalloc int[classes];
        votes.Clear();
        foreach (var tree in trees)
        {
            votes[tree.Classify(point)]++;
        }

        var winner = 0;
        for (var c = 1; c < classes; c++)
        {
            winner = votes[c] > votes[winner] ? c : winner;
        }

        return winner;
    }
}
