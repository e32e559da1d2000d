namespace SegLstm.Pretraining.Probes;

/// <summary>
/// How near items are to each other, as t-SNE sees it: around each item a Gaussian so wide that the entropy of its neighbours is
/// log of the perplexity.
/// </summary>
internal static class Affinities
{
    private const int Halvings = 200;
    private const double Tolerance = 1e-6;

    /// <summary>p(j | i) of all pairs, row after row; 0 on the diagonal. Each row sums to 1.</summary>
    internal static double[] Conditional(FeatureRows rows, double perplexity)
    {
        int count = rows.Count;
        double[] all = new double[count * count];
        FeatureRows.ForEach(count, i =>
        {
            Span<double> row = all.AsSpan(i * count, count);
            for (int j = 0; j < count; j++) row[j] = FeatureRows.SquaredDistance(rows[i], rows[j]);
            Row(row, i, perplexity);
        });
        return all;
    }

    /// <summary>(p(j | i) + p(i | j)) / 2n, all pairs together 1.</summary>
    internal static double[] Joint(FeatureRows rows, double perplexity)
    {
        double[] conditional = Conditional(rows, perplexity), joint = new double[conditional.Length];
        int count = rows.Count;
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
                joint[i * count + j] = (conditional[i * count + j] + conditional[j * count + i]) / (2.0 * count);
        }

        return joint;
    }

    /// <summary>exp of the entropy of a row: the number of neighbours it stands for.</summary>
    internal static double Perplexity(ReadOnlySpan<double> row)
    {
        double entropy = 0;
        foreach (double p in row) entropy -= p > 0 ? p * Math.Log(p) : 0;
        return Math.Exp(entropy);
    }

    // Squared distances become probabilities. Where more items are equally near than the perplexity wants, as many share it.
    private static void Row(Span<double> row, int self, double perplexity)
    {
        row[self] = double.PositiveInfinity;
        double nearest = double.PositiveInfinity, mean = 0;
        foreach (double distance in row) nearest = Math.Min(nearest, distance);
        for (int j = 0; j < row.Length; j++)
        {
            row[j] -= nearest;
            if (j != self) mean += row[j] / (row.Length - 1);
        }

        double[] weights = new double[row.Length];
        double precision = mean > 0 ? 1 / mean : 1, low = 0, high = double.PositiveInfinity;
        for (int i = 0; i < Halvings; i++)
        {
            double sum = 0;
            for (int j = 0; j < row.Length; j++) sum += weights[j] = Math.Exp(-precision * row[j]);
            for (int j = 0; j < row.Length; j++) weights[j] /= sum;
            double error = Perplexity(weights) - perplexity;
            if (Math.Abs(error) < Tolerance) break;
            if (error > 0) low = precision;
            else high = precision;
            precision = double.IsInfinity(high) ? precision * 2 : (low + high) / 2;
        }

        weights.CopyTo(row);
    }
}
