using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 06-language may write.</summary>
internal static class LanguageSolutions
{
    internal static Tensor Scores(Tensor pixels, Tensor words) => einsum("nchw,kc->nkhw",
        nn.functional.normalize(pixels, dim: 1), nn.functional.normalize(words, dim: 1)) / 0.07;

    internal static Tensor Bottleneck(Tensor smoothed, Tensor scores)
    {
        Tensor largest = scores.select(1, 0);
        for (long k = 1; k < scores.shape[1]; k++) largest = maximum(largest, scores.select(1, k));
        return smoothed + largest.unsqueeze(1);
    }

    internal static Tensor LabelVector(Tensor words)
    {
        Tensor sum = words.sum(0L);
        return sum / sum.square().sum().sqrt();
    }

    internal static double Guessing(double share, int words)
    {
        double odds = 1.0 / words;
        return share * odds / (1 - ((1 - share) * (1 - odds)));
    }
}
