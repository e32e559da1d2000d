using SegLstm.Metrics;
using SegLstm.Models.VisionLstm;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/00-start.ipynb</c>.</summary>
public static class StartExercises
{
    /// <summary>How many rows and columns of tokens an image gives: (height, width, patch, stride) to (rows, columns).</summary>
    public static Exercise<Func<long, long, long, long, (long Rows, long Columns)>> TokenGrid { get; } = new(
        "Token grid",
        "A patch of side p starts at 0, s, 2s, … as long as it ends inside the image: "
            + "the last start is at most h - p. Count the starts.",
        0,
        [.. new (long Height, long Width, long Patch, long Stride)[]
            {
                (224, 224, 16, 16), (512, 384, 16, 16), (224, 224, 16, 8), (30, 47, 4, 3),
            }.Select(c => new ExerciseCase<Func<long, long, long, long, (long Rows, long Columns)>>(
                $"an image of {c.Height} x {c.Width} pixels, patch {c.Patch}, stride {c.Stride}",
                answer => answer(c.Height, c.Width, c.Patch, c.Stride) is var (rows, columns) && (rows, columns) != (0, 0)
                    ? tensor(new[] { rows, columns })
                    : null,
                () => GridOf(VisionLstmConfig.V1 with { PatchSize = c.Patch, Stride = c.Stride }, c.Height, c.Width)))]);

    /// <summary>The training loss before the first step: (classes, weight of the auxiliary loss) to the expected loss.</summary>
    public static Exercise<Func<int, double, double>> FirstLoss { get; } = new(
        "First loss",
        "An untrained model gives each of the K classes about 1/K. The cross entropy of that is -ln(1/K), once for the head and "
            + "a times for the auxiliary head.",
        1e-12,
        [.. new (int Classes, double Weight)[] { (4, 0.4), (7, 0.4), (6, 0), (1, 0.5) }
            .Select(c => new ExerciseCase<Func<int, double, double>>(
                FormattableString.Invariant($"{c.Classes} class{(c.Classes == 1 ? "" : "es")} and auxiliary weight {c.Weight}"),
                answer => tensor(answer(c.Classes, c.Weight)),
                () => (1 + c.Weight) * EvenCrossEntropy(c.Classes)))]);

    /// <summary>The mean intersection over union of a table of counts: (counts[truth, prediction]) to mIoU.</summary>
    public static Exercise<Func<long[,], double>> MeanIoU { get; } = new(
        "Mean IoU",
        "Of class c: the hits are counts[c, c], the labelled pixels are row c, the predicted ones column c. "
            + "IoU = hits / (row + column - hits). A class that is in neither is left out of the mean.",
        1e-12,
        Table("three classes", new long[,] { { 50, 3, 2 }, { 4, 30, 1 }, { 0, 6, 9 } }),
        Table("a class that is never hit", new long[,] { { 5, 0, 5 }, { 0, 7, 0 }, { 2, 0, 0 } }),
        Table("a class that never occurs", new long[,] { { 8, 1, 0 }, { 2, 9, 0 }, { 0, 0, 0 } }));

    private static Tensor GridOf(VisionLstmConfig config, long height, long width)
    {
        var grid = VilComplexity.Grid(config, height, width);
        return tensor(new[] { grid.Rows, grid.Columns });
    }

    private static Tensor EvenCrossEntropy(int classes) =>
        nn.functional.cross_entropy(zeros([1, classes], dtype: ScalarType.Float64), zeros([1], dtype: ScalarType.Int64));

    private static ExerciseCase<Func<long[,], double>> Table(string name, long[,] counts) => new(
        name,
        answer => tensor(answer((long[,])counts.Clone())),
        () =>
        {
            var matrix = new ConfusionMatrix(counts.GetLength(0), 255);
            matrix.Add(Pixels(counts, predicted: true), Pixels(counts, predicted: false));
            return tensor(matrix.Scores.MeanIoU);
        });

    // One pixel a count, so that the library counts them itself.
    private static Tensor Pixels(long[,] counts, bool predicted)
    {
        var classes = new List<long>();
        for (int truth = 0; truth < counts.GetLength(0); truth++)
        {
            for (int guess = 0; guess < counts.GetLength(1); guess++)
                classes.AddRange(Enumerable.Repeat((long)(predicted ? guess : truth), (int)counts[truth, guess]));
        }

        return tensor(classes.ToArray());
    }
}
