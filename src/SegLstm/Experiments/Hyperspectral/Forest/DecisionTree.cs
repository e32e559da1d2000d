namespace SegLstm.Experiments.Hyperspectral.Forest;

/// <summary>A tree of a random forest: each node asks one feature, the best of a random few by Gini impurity, until a leaf is of
/// one class.</summary>
internal sealed class DecisionTree
{
    private readonly List<Node> nodes = [];
    private readonly float[] features;
    private readonly int dimensions;
    private readonly int[] labels;
    private readonly int classes;
    private readonly Random random;
    private readonly int[] candidates;
    private readonly int asked;

    private DecisionTree(float[] features, int dimensions, int[] labels, int classes, Random random)
    {
        (this.features, this.dimensions, this.labels, this.classes, this.random) = (features, dimensions, labels, classes, random);
        candidates = [.. Enumerable.Range(0, dimensions)];
        asked = Math.Max(1, (int)Math.Sqrt(dimensions));
    }

    /// <summary>Grows a tree on samples, some of which may be there several times.</summary>
    public static DecisionTree Grow(float[] features, int dimensions, int[] labels, int classes, int[] samples, Random random)
    {
        var tree = new DecisionTree(features, dimensions, labels, classes, random);
        tree.Grow(samples, new float[samples.Length], 0, samples.Length);
        return tree;
    }

    /// <summary>The class of the leaf that a point falls into.</summary>
    public int Classify(ReadOnlySpan<float> point)
    {
        var node = nodes[0];
        while (node.Feature >= 0)
        {
            node = nodes[point[node.Feature] <= node.Threshold ? node.Left : node.Right];
        }

        return node.Class;
    }

    private int Grow(int[] samples, float[] keys, int from, int to)
    {
        var place = nodes.Count;
        nodes.Add(default);
        var counts = Count(samples, from, to);
        var best = Array.IndexOf(counts, counts.Max());
        var split = counts[best] == to - from ? null : BestSplit(samples, keys, from, to, counts);
        if (split is not { } cut)
        {
            nodes[place] = new Node(-1, 0, 0, 0, best);
            return place;
        }

        Sort(samples, keys, from, to, cut.Feature);
        var left = Grow(samples, keys, from, cut.Middle);
        var right = Grow(samples, keys, cut.Middle, to);
        nodes[place] = new Node(cut.Feature, cut.Threshold, left, right, 0);
        return place;
    }

    /// <summary>The split that leaves the least impurity; null where no feature tells two samples apart.</summary>
    private Split? BestSplit(int[] samples, float[] keys, int from, int to, int[] counts)
    {
        Split? best = null;
        var purest = double.NegativeInfinity;
        // As many features as asked for; further ones only while there is no split yet.
        for (var tried = 0; tried < dimensions && (tried < asked || best is null); tried++)
        {
            var chosen = random.Next(tried, dimensions);
            (candidates[tried], candidates[chosen]) = (candidates[chosen], candidates[tried]);
            Sort(samples, keys, from, to, candidates[tried]);
            var (left, right) = (new int[classes], (int[])counts.Clone());
            // Sums of squared counts: what Gini impurity leaves to maximise.
            var (leftSquares, rightSquares) = (0.0, counts.Sum(count => (double)count * count));
            for (var i = from; i < to - 1; i++)
            {
                var label = labels[samples[i]];
                leftSquares += (2.0 * left[label]++) + 1;
                rightSquares -= (2.0 * right[label]--) - 1;
                var purity = (leftSquares / (i + 1 - from)) + (rightSquares / (to - i - 1));
                if (keys[i] < keys[i + 1] && purity > purest)
                {
                    purest = purity;
                    best = new Split(candidates[tried], Between(keys[i], keys[i + 1]), i + 1);
                }
            }
        }

        return best;
    }

    /// <summary>A number from a up to below b, however near they are.</summary>
    private static float Between(float a, float b)
    {
        var middle = (float)(((double)a + b) / 2);
        return middle < b ? middle : a;
    }

    private void Sort(int[] samples, float[] keys, int from, int to, int feature)
    {
        for (var i = from; i < to; i++)
        {
            keys[i] = features[(samples[i] * dimensions) + feature];
        }

        Array.Sort(keys, samples, from, to - from);
    }

    private int[] Count(int[] samples, int from, int to)
    {
        var counts = new int[classes];
        for (var i = from; i < to; i++)
        {
            counts[labels[samples[i]]]++;
        }

        return counts;
    }

    private readonly record struct Node(int Feature, float Threshold, int Left, int Right, int Class);

    private readonly record struct Split(int Feature, float Threshold, int Middle);
}
