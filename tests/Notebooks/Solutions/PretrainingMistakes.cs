using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 05-self-supervised may get wrong.</summary>
internal static class PretrainingMistakes
{
    // SimCLR's formula: the positive is among the summands.
    internal static double Contrast(Tensor first, Tensor second, double temperature)
    {
        long images = first.shape[0];
        Tensor z = nn.functional.normalize(cat([first, second], 0), dim: 1), s = z.matmul(z.t()) / temperature;
        var others = s.masked_fill(eye(2 * images, dtype: ScalarType.Bool), double.NegativeInfinity);
        return nn.functional.cross_entropy(others, arange(2 * images).roll(images)).item<double>();
    }

    // The deviation in place of the variance.
    internal static Tensor StyleVector(Tensor coarse) =>
        cat([coarse.mean([2, 3]), coarse.var([2, 3], unbiased: true).sqrt()], 1);

    // Counts the directions that are not 0.
    internal static double DirectionsUsed(double[] values) => values.Count(s => s > 0) + 0.5;

    // Overall accuracy.
    internal static double Kappa(long[,] counts) =>
        Enumerable.Range(0, counts.GetLength(0)).Sum(k => counts[k, k]) / (double)counts.Cast<long>().Sum();
}
