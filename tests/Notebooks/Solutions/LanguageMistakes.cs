using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 06-language may get wrong.</summary>
internal static class LanguageMistakes
{
    // Long vectors win.
    internal static Tensor Scores(Tensor pixels, Tensor words) => einsum("nchw,kc->nkhw", pixels, words) / 0.07;

    // The largest of the smoothed scores.
    internal static Tensor Bottleneck(Tensor smoothed, Tensor scores) => smoothed + smoothed.amax(new long[] { 1 }, keepdim: true);

    // The sum of unit vectors: a label of many words is long.
    internal static Tensor LabelVector(Tensor words) => nn.functional.normalize(words, dim: 1).sum(0L);

    // How often a guess is right.
    internal static double Guessing(double share, int words) => share / words;
}
