using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 05-self-supervised may write.</summary>
internal static class PretrainingSolutions
{
    internal static double Contrast(Tensor first, Tensor second, double temperature)
    {
        long images = first.shape[0];
        Tensor z = nn.functional.normalize(cat([first, second], 0), dim: 1), s = z.matmul(z.t()) / temperature;
        double sum = 0;
        for (long k = 0; k < 2 * images; k++)
        {
            long positive = (k + images) % (2 * images);
            double negatives = 0;
            for (long other = 0; other < 2 * images; other++)
            {
                if (other != k && other != positive) negatives += Math.Exp(s[k, other].item<double>());
            }

            sum += Math.Log(negatives + 1e-8) - s[k, positive].item<double>();
        }

        return sum / (2 * images);
    }

    internal static Tensor StyleVector(Tensor coarse)
    {
        var pixels = coarse.flatten(2);
        var mean = pixels.mean([2], keepdim: true);
        return cat([mean.squeeze(2), (pixels - mean).square().sum(2) / (pixels.shape[2] - 1)], 1);
    }

    internal static double DirectionsUsed(double[] values)
    {
        double sum = values.Sum();
        return Math.Exp(-values.Where(s => s > 0).Sum(s => s / sum * Math.Log(s / sum)));
    }

    internal static double Kappa(long[,] counts)
    {
        int classes = counts.GetLength(0);
        double all = counts.Cast<long>().Sum(), agree = 0, chance = 0;
        for (int k = 0; k < classes; k++)
        {
            agree += counts[k, k] / all;
            chance += Enumerable.Range(0, classes).Sum(j => counts[k, j]) / all * (Enumerable.Range(0, classes).Sum(j => counts[j, k]) / all);
        }

        return (agree - chance) / (1 - chance);
    }
}
