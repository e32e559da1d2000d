namespace SegLstm.Experiments;

/// <summary>Weights by which rare classes count more in a loss.</summary>
internal static class ClassBalance
{
    /// <summary>The inverse square root of each class's share of the pixels, on average over the pixels 1.</summary>
    /// <param name="counts">Training pixels of each class.</param>
    internal static double[] Weights(IReadOnlyList<long> counts)
    {
        double[] weights = [.. counts.Select(count => 1 / Math.Sqrt(Math.Max(1, count)))];
        double mean = counts.Zip(weights, (count, weight) => count * weight).Sum() / Math.Max(1, counts.Sum());
        return [.. weights.Select(weight => weight / mean)];
    }
}
