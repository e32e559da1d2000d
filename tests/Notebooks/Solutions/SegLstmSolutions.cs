using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 04-seg-lstm may write.</summary>
internal static class SegLstmSolutions
{
    internal static long BlockParameters(long dim)
    {
        long inner = 2 * dim;
        long projections = dim + (dim * 2 * inner) + (3 * 4 * inner) + (inner * dim);
        return projections + (4 * inner) + inner + (2 * ((3 * inner * 4) + 4)) + inner + inner;
    }

    internal static double MeanLoss(Tensor losses, Tensor labels) =>
        losses.masked_fill(labels.eq(255), 0).mean().item<float>();

    internal static (double Mean, double Error) PairedDifference(double[] a, double[] b)
    {
        double[] differences = [.. a.Zip(b, (x, y) => x - y)];
        double mean = differences.Average();
        double variance = differences.Sum(d => (d - mean) * (d - mean)) / (differences.Length - 1);
        return (mean, Math.Sqrt(variance / differences.Length));
    }

    internal static double RateFactor(int iteration, int iterations, int warmup) => iteration < warmup
        ? 1e-6 + ((1 - 1e-6) * iteration / (warmup - 1))
        : 1 - ((double)(iteration - warmup) / (iterations - warmup - 1));
}
