using SegLstm.Metrics;
using SegLstm.Pretraining.Losses;
using SegLstm.Pretraining.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/05-self-supervised.ipynb</c>.</summary>
/// <remarks>Shape letters: B images, C channels, h and w rows and columns, d length of a vector, K classes.</remarks>
public static class PretrainingExercises
{
    /// <summary>GLCNet's contrast of two views: vectors <c>(B, d)</c> of each and a temperature to the loss.</summary>
    public static Exercise<Func<Tensor, Tensor, double, double>> Contrast { get; } = new(
        "Contrast",
        "z = nn.functional.normalize(cat([first, second], 0), dim: 1); s = z.matmul(z.t()) / temperature. For row k the positive is "
            + "column (k + B) % 2B; the sum runs over all columns but k and the positive.",
        1e-6,
        Vectors("two images", 2, 3, 0.5), Vectors("eight images", 8, 16, 0.5), Vectors("a low temperature", 5, 4, 0.1));

    /// <summary>GLCNet's style vector: a map <c>(B, C, h, w)</c> to <c>(B, 2C)</c>.</summary>
    public static Exercise<Func<Tensor, Tensor?>> StyleVector { get; } = new(
        "Style vector",
        "coarse.mean([2, 3]) and coarse.var([2, 3], unbiased: true) are (B, C); cat joins them along dimension 1.",
        1e-6,
        [.. new long[][] { [1, 2, 2, 2], [3, 5, 4, 6], [2, 8, 14, 14] }.Select(shape => new ExerciseCase<Func<Tensor, Tensor?>>(
            $"a map of {string.Join(" x ", shape)}",
            answer => answer(Map(shape)),
            () => Map(shape) is var coarse ? cat([coarse.mean([2, 3]), coarse.var([2, 3], unbiased: true)], 1) : coarse))]);

    /// <summary>Directions that features use: singular values to exp of the entropy of their shares.</summary>
    public static Exercise<Func<double[], double>> DirectionsUsed { get; } = new(
        "Directions used",
        "Shares p = s / sum(s), without those that are 0; then Math.Exp(-p.Sum(x => x * Math.Log(x))).",
        1e-9,
        Directions("all alike", 1, 1, 1, 1), Directions("one direction", 5, 0, 0), Directions("a few", 4, 3, 2, 0.5, 0.1));

    /// <summary>Agreement beyond chance: a confusion matrix, row the truth and column the prediction, to Cohen's kappa.</summary>
    public static Exercise<Func<long[,], double>> Kappa { get; } = new(
        "Kappa",
        "n = all; p = sum of the diagonal / n; e = sum over classes of row sum * column sum / n²; kappa = (p - e) / (1 - e).",
        1e-9,
        Confusion("two classes", new long[,] { { 40, 10 }, { 5, 45 } }),
        Confusion("a rare class that is missed", new long[,] { { 900, 0, 20 }, { 30, 0, 0 }, { 10, 0, 40 } }),
        Confusion("worse than chance", new long[,] { { 1, 9 }, { 9, 1 } }));

    private static ExerciseCase<Func<Tensor, Tensor, double, double>> Vectors(string name, long images, long length, double temperature) =>
        new(
            name,
            answer => Pair(images, length) is var (first, second) ? tensor(answer(first, second, temperature)) : null,
            () => Pair(images, length) is var (first, second)
                ? new NtXentLoss(temperature).forward(first, second) : throw new InvalidOperationException());

    private static (Tensor First, Tensor Second) Pair(long images, long length)
    {
        using var generator = new Generator(11);
        var first = randn([images, length], dtype: ScalarType.Float64, generator: generator);
        return (first, first + 0.5 * randn([images, length], dtype: ScalarType.Float64, generator: generator));
    }

    private static Tensor Map(long[] shape)
    {
        using var generator = new Generator(5);
        return randn(shape, dtype: ScalarType.Float64, generator: generator) * 2 + 1;
    }

    private static ExerciseCase<Func<double[], double>> Directions(string name, params double[] values) => new(
        name, answer => tensor(answer([.. values])), () => tensor(EffectiveRank.Of(diag(tensor(values)))));

    private static ExerciseCase<Func<long[,], double>> Confusion(string name, long[,] counts) => new(
        name, answer => tensor(answer((long[,])counts.Clone())), () => tensor(ConfusionMatrix.Of(counts).Scores.Kappa));
}
