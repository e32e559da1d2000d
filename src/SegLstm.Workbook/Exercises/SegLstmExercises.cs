using SegLstm.Models;
using SegLstm.Models.SegLstm;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/04-seg-lstm.ipynb</c>.</summary>
/// <remarks>Shape letters: D width of a token, B batch, h and w rows and columns in pixels.</remarks>
public static class SegLstmExercises
{
    /// <summary>Learned numbers of one block of Seg-LSTM: width D, a multiple of 8, to their count.</summary>
    public static Exercise<Func<long, long>> BlockParameters { get; } = new(
        "Parameters of a block",
        "With E = 2D: norm D; proj_up D · 2E; q, k, v 3 · 4E; convolution 4E + E; gates 2 · (3E · 4 + 4); norm of the cell E; "
            + "skip E; proj_down E · D.",
        0,
        [.. new[] { 384L, 32, 56 }.Select(dim => new ExerciseCase<Func<long, long>>(
            $"a block of width {dim}",
            answer => answer(dim) is var count and not 0 ? tensor(count) : null,
            () => tensor(BlockOf(dim))))]);

    /// <summary>mmsegmentation's mean loss: cross entropy of each pixel and labels, both <c>(B, h, w)</c>, 255 for ignored, to
    /// the loss.</summary>
    public static Exercise<Func<Tensor, Tensor, double>> MeanLoss { get; } = new(
        "Loss with ignored pixels",
        "Put 0 in place of the losses at ignored pixels, losses.masked_fill(labels.eq(255), 0), and take the mean of all.",
        1e-6,
        Loss("a quarter of the pixels ignored", 0.25),
        Loss("nothing ignored", 0),
        Loss("nine tenths ignored", 0.9));

    /// <summary>Scores of two models, one of each a seed, to the mean of their differences and its standard error.</summary>
    public static Exercise<Func<double[], double[], (double Mean, double Error)>> PairedDifference { get; } = new(
        "Paired difference",
        "First a[i] - b[i] for each seed; then their mean, and their standard deviation (with n - 1) over the root of n.",
        1e-9,
        Pair("three seeds", [70.1, 68.4, 71.3], [69.0, 67.9, 69.5]),
        Pair("five seeds with a common part", [60, 65, 70, 75, 80], [61, 66.5, 70.5, 76.5, 81.5]),
        Pair("two equal models", [50, 52], [50, 52]));

    /// <summary>The learning rate's factor: (iteration, iterations, warm-up) to 0 … 1.</summary>
    public static Exercise<Func<int, int, int, double>> RateFactor { get; } = new(
        "Learning rate",
        "While t < W: s + (1 - s) · t / (W - 1) with s = 1e-6. Then 1 - (t - W) / (T - W - 1): 1 at t = W, 0 at t = T - 1.",
        1e-9,
        [.. new (int Iteration, int Iterations, int Warmup)[]
            {
                (0, 15_000, 1_500), (750, 15_000, 1_500), (1_499, 15_000, 1_500), (1_500, 15_000, 1_500), (9_000, 15_000, 1_500),
                (14_999, 15_000, 1_500), (37, 100, 20),
            }.Select(c => new ExerciseCase<Func<int, int, int, double>>(
                $"iteration {c.Iteration:N0} of {c.Iterations:N0}, {c.Warmup:N0} of them warm-up",
                answer => tensor(answer(c.Iteration, c.Iterations, c.Warmup)),
                () => tensor(new LearningRateSchedule { Iterations = c.Iterations, WarmupIterations = c.Warmup }
                    .Factor(c.Iteration))))]);

    // Two encoders that differ by one block.
    private static long BlockOf(long dim)
    {
        long Count(int depth)
        {
            using var encoder = new SegLSTM(
                new SegLstmConfig { Dim = dim, Height = 32, Width = 32, PatchSize = 16, Depths = [depth, 1, 1, 1] });
            return Complexity.CountParameters(encoder);
        }

        return Count(2) - Count(1);
    }

    private static ExerciseCase<Func<Tensor, Tensor, double>> Loss(string name, double ignored) => new(
        name,
        answer =>
        {
            var (logits, labels) = Pixels(ignored);
            return tensor(answer(nn.functional.cross_entropy(logits, labels.remainder(3), reduction: nn.Reduction.None), labels));
        },
        () =>
        {
            var (logits, labels) = Pixels(ignored);
            using var loss = new CrossEntropyLoss();
            return loss.call(logits, labels).to_type(ScalarType.Float64);
        });

    // Ignored pixels have a loss, too, if their label is taken for a class: 255 is 0 modulo 3.
    private static (Tensor Logits, Tensor Labels) Pixels(double ignored)
    {
        using var generator = new Generator(7);
        var logits = randn([2, 3, 6, 5], generator: generator);
        var labels = randint(0, 3, [2, 6, 5], dtype: ScalarType.Int64, generator: generator);
        return (logits, labels.masked_fill(rand([2, 6, 5], generator: generator) < ignored, 255));
    }

    private static ExerciseCase<Func<double[], double[], (double Mean, double Error)>> Pair(
        string name, double[] a, double[] b) => new(
        name,
        answer => answer([.. a], [.. b]) is var (mean, error) && !double.IsNaN(mean) ? tensor(new[] { mean, error }) : null,
        () =>
        {
            var difference = tensor(a) - tensor(b);
            return stack([difference.mean(), difference.std() / Math.Sqrt(a.Length)]);
        });
}
