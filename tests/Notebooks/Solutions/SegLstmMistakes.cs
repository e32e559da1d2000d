using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 04-seg-lstm may get wrong.</summary>
internal static class SegLstmMistakes
{
    // Counts dense maps for queries, keys and values.
    internal static long BlockParameters(long dim) =>
        SegLstmSolutions.BlockParameters(dim) + (3 * 2 * dim * ((2 * dim) - 4));

    // PyTorch's mean, over labelled pixels only.
    internal static double MeanLoss(Tensor losses, Tensor labels) => losses[labels.ne(255)].mean().item<float>();

    // Takes the runs of the two models for independent ones.
    internal static (double Mean, double Error) PairedDifference(double[] a, double[] b)
    {
        static double Variance(double[] x) => x.Sum(y => Math.Pow(y - x.Average(), 2)) / (x.Length - 1);
        return (a.Average() - b.Average(), Math.Sqrt((Variance(a) + Variance(b)) / a.Length));
    }

    // Decays from the first iteration on.
    internal static double RateFactor(int iteration, int iterations, int warmup) => iteration < warmup
        ? (double)iteration / warmup
        : 1 - ((double)iteration / iterations);
}
