using SegLstm.Experiments.ZeroShot;
using SegLstm.Heads;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/06-language.ipynb</c>.</summary>
/// <remarks>Shape letters: N images, C width of the words' vectors, K words, h and w rows and columns.</remarks>
public static class LanguageExercises
{
    /// <summary>LSeg's scores: pixels <c>(N, C, h, w)</c> and words <c>(K, C)</c> to <c>(N, K, h, w)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor?>> Scores { get; } = new(
        "Scores",
        "Divide both by their lengths: pixels / pixels.norm(1, keepdim: true), words / words.norm(1, keepdim: true); "
            + "einsum(\"nchw,kc->nkhw\", pixels, words) / 0.07.",
        1e-5,
        Pictures("one image, two words", 1, 3, 2), Pictures("two images, five words", 2, 16, 5), Pictures("one word", 1, 8, 1));

    /// <summary>The bottleneck's last step: smoothed scores and the scores before, both <c>(N, K, h, w)</c>, to scores.</summary>
    public static Exercise<Func<Tensor, Tensor, Tensor?>> Bottleneck { get; } = new(
        "Bottleneck",
        "Add the largest score of all words at each pixel: smoothed + scores.amax(new long[] { 1 }, keepdim: true).",
        1e-9,
        [.. new long[][] { [1, 2, 3, 3], [2, 5, 4, 6] }.Select(shape => new ExerciseCase<Func<Tensor, Tensor, Tensor?>>(
            $"scores of {string.Join(" x ", shape)}",
            answer => answer(Random(shape, 1), Random(shape, 2)),
            () => Random(shape, 1) + Random(shape, 2).max(1, keepdim: true).values))]);

    /// <summary>A label's vector: those of its words <c>(n, C)</c> to their mean at length 1, <c>(C)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor?>> LabelVector { get; } = new(
        "Label vector",
        "mean = words.mean([0]) comes first; then mean / mean.norm().",
        1e-9,
        [.. new long[] { 1, 2, 4 }.Select(n => new ExerciseCase<Func<Tensor, Tensor?>>(
            $"{n} word{(n == 1 ? "" : "s")}",
            answer => answer(Random([n, 6], n)),
            () => nn.functional.normalize(Random([n, 6], n).mean([0]).unsqueeze(0), dim: 1).squeeze(0)))]);

    /// <summary>What guessing reaches: the share of a class and the number of words to the expected IoU.</summary>
    public static Exercise<Func<double, int, double>> Guessing { get; } = new(
        "Guessing",
        "A guess is right with 1 / K whatever the pixel is: intersection p / K, union p + 1 / K - p / K.",
        1e-9,
        Share("a common class", 0.4, 4), Share("a rare class", 0.02, 6), Share("one word of one", 0.3, 1));

    private static ExerciseCase<Func<Tensor, Tensor, Tensor?>> Pictures(string name, long images, long width, long words) => new(
        name,
        answer => answer(Random([images, width, 4, 5], 3), Random([words, width], 4)),
        () => LanguageHead.Similarity(Random([images, width, 4, 5], 3), Random([words, width], 4)));

    private static ExerciseCase<Func<double, int, double>> Share(string name, double share, int words) => new(
        name, answer => tensor(answer(share, words)), () => tensor(new HeldOutScore("", false, 0, 0, 0, share, words).Chance));

    private static Tensor Random(long[] shape, long seed)
    {
        using var generator = new Generator((ulong)seed);
        return randn(shape, dtype: ScalarType.Float64, generator: generator);
    }
}
