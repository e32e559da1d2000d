using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 07-hyperspectral may get wrong.</summary>
internal static class HyperspectralMistakes
{
    // Every T-th band in place of neighbours.
    internal static Tensor Pieces(Tensor spectra, int size)
    {
        Tensor right = HyperspectralSolutions.Pieces(spectra, size);
        return right.reshape(right.shape[0], right.shape[2], right.shape[1]).transpose(1, 2);
    }

    // A mean over the window.
    internal static Tensor Merge(Tensor windows, Tensor logits) => (windows * logits.sigmoid()).mean([2L, 3L]);

    // The input is not scaled by the step.
    internal static double LastState(double[] steps, double[] inputs, double decay)
    {
        double state = 0;
        for (int t = 0; t < steps.Length; t++) state = (Math.Exp(steps[t] * decay) * state) + inputs[t];
        return state;
    }

    // Overall accuracy.
    internal static double AverageAccuracy(long[,] counts) =>
        Enumerable.Range(0, counts.GetLength(0)).Sum(k => counts[k, k]) / (double)counts.Cast<long>().Sum();
}
