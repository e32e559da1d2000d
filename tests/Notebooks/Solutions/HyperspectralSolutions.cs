using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 07-hyperspectral may write.</summary>
internal static class HyperspectralSolutions
{
    internal static Tensor Pieces(Tensor spectra, int size)
    {
        long pixels = spectra.shape[0], bands = spectra.shape[1], pieces = (bands + size - 1) / size;
        Tensor all = zeros([pixels, pieces * size], dtype: spectra.dtype);
        all[.., ..(int)bands] = spectra;
        return all.reshape(pixels, pieces, size);
    }

    internal static Tensor Merge(Tensor windows, Tensor logits)
    {
        Tensor mask = 1 / (1 + (-logits).exp());
        return einsum("blyx,blyx->bl", mask, windows);
    }

    internal static double LastState(double[] steps, double[] inputs, double decay)
    {
        // From the end: what is left of each input.
        double sum = 0, later = 0;
        for (int t = steps.Length - 1; t >= 0; t--)
        {
            sum += steps[t] * inputs[t] * Math.Exp(decay * later);
            later += steps[t];
        }

        return sum;
    }

    internal static double AverageAccuracy(long[,] counts)
    {
        int classes = counts.GetLength(0);
        double[] rows = [.. Enumerable.Range(0, classes).Select(k => (double)Enumerable.Range(0, classes).Sum(j => counts[k, j]))];
        return Enumerable.Range(0, classes).Where(k => rows[k] > 0).Average(k => counts[k, k] / rows[k]);
    }
}
