using SegLstm.Training;

namespace SegLstm.Experiments.Hyperspectral.Svm;

/// <summary>Chooses C and γ of a <see cref="KernelSvm"/> by cross-validation on the training samples.</summary>
public static class SvmGrid
{
    private const string Stream = "folds";
    private const int Folds = 3;

    private static readonly double[] Costs = [1, 10, 100, 1000];

    // Times 1 / dimensions, the usual start for standardised features.
    private static readonly double[] Widths = [0.1, 0.3, 1, 3];

    /// <summary>Tries a grid of 4 x 4, and trains with the best; of equals the one with the smaller C and γ.</summary>
    /// <param name="features">Samples row by row, <c>(n, dimensions)</c>, standardised.</param>
    /// <param name="dimensions">Features of a sample.</param>
    /// <param name="labels">Class of each sample, from 0.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="seed">Says which sample is in which fold.</param>
    /// <param name="stop">Ends the search between two trials.</param>
    public static KernelSvm Fit(
        float[] features, int dimensions, int[] labels, int classes, long seed = 0, CancellationToken stop = default)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new SeedStreams(seed).Draw(Stream, 0).Shuffle(order);
        // Dealt out class by class, so that each fold has of each.
        order = [.. order.OrderBy(i => labels[i])];
        var pairs = Costs.SelectMany(cost => Widths.Select(width => (Cost: cost, Gamma: width / dimensions))).ToArray();
        var hits = new int[pairs.Length];
        Parallel.For(0, pairs.Length * Folds, new ParallelOptions { CancellationToken = stop }, trial =>
        {
            var (pair, fold) = Math.DivRem(trial, Folds);
            var learnt = order.Where((_, place) => place % Folds != fold).ToArray();
            var asked = order.Where((_, place) => place % Folds == fold).ToArray();
            if (learnt.Length == 0 || asked.Length == 0)
            {
                return;
            }

            float[] samples = [.. learnt.SelectMany(i => features[(i * dimensions)..((i + 1) * dimensions)])];
            var machine = KernelSvm.Fit(
                samples, dimensions, Array.ConvertAll(learnt, i => labels[i]), classes, pairs[pair].Cost, pairs[pair].Gamma);
            var right = asked.Count(i => machine.Classify(features.AsSpan(i * dimensions, dimensions)) == labels[i]);
            Interlocked.Add(ref hits[pair], right);
        });
        var (bestCost, bestGamma) = pairs[Array.IndexOf(hits, hits.Max())];
        return KernelSvm.Fit(features, dimensions, labels, classes, bestCost, bestGamma);
    }
}
