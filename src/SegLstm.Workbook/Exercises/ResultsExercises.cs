using SegLstm.Experiments.Claims;
using SegLstm.Experiments.Tables;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Exercises;

/// <summary>The exercises of <c>notebooks/09-results.ipynb</c>.</summary>
public static class ResultsExercises
{
    /// <summary>Mean and sample deviation of one score a seed.</summary>
    public static Exercise<Func<double[], (double Mean, double Deviation)>> MeanAndDeviation { get; } = new(
        "Mean and deviation",
        "The variance is the sum of squared distances from the mean divided by n - 1; the deviation is its root.",
        1e-12,
        [.. new (string Name, double[] Scores)[]
            {
                ("three seeds", [62.1, 63.4, 60.2]), ("two seeds", [50, 51]), ("five seeds", [0.71, 0.70, 0.74, 0.69, 0.72]),
            }.Select(c => new ExerciseCase<Func<double[], (double Mean, double Deviation)>>(
                c.Name, answer => Pair(answer([.. c.Scores])), () => Pair(Reference(c.Scores))))]);

    /// <summary>The p-value of a paired t-test with three seeds.</summary>
    public static Exercise<Func<double[], double[], double>> PValueOfThree { get; } = new(
        "p-value of three seeds",
        "d = a - b seed by seed; t = |mean of d| times the root of 3 over the sample deviation of d. "
            + "Then put t into the formula.",
        1e-9,
        Seeds("a clear difference", [62.1, 63.4, 60.2], [60.0, 61.2, 58.3]),
        Seeds("no difference on average", [1, 2, 3], [2, 1, 3]),
        Seeds("a difference that one seed turns round", [0.70, 0.72, 0.71], [0.68, 0.73, 0.66]));

    /// <summary>Match, drift or fail: (expected, got, match, drift) to 0, 1 or 2.</summary>
    public static Exercise<Func<double, double, double, double, int>> Judge { get; } = new(
        "Match, drift, fail",
        "Compare |got - expected| with both tolerances, and count the border as within. A number that is missing (NaN) fails.",
        0,
        [.. new (double Expected, double Got, double Match, double Drift)[]
            {
                (60, 60.5, 1, 4), (60, 61, 1, 4), (60, 57, 1, 4), (60, 64.5, 1, 4), (60, double.NaN, 1, 4),
                (6391528, 6391528, 0, 0), (6391528, 6391527, 0, 0),
            }.Select(c => new ExerciseCase<Func<double, double, double, double, int>>(
                FormattableString.Invariant($"{c.Got} instead of {c.Expected}, tolerances {c.Match} and {c.Drift}"),
                answer => answer(c.Expected, c.Got, c.Match, c.Drift) is >= 0 and var verdict ? tensor((long)verdict) : null,
                () => tensor((long)new ExpectedValue { What = "", Value = c.Expected, Match = c.Match, Drift = c.Drift }
                    .Judge(double.IsNaN(c.Got) ? null : c.Got))))]);

    private static ExerciseCase<Func<double[], double[], double>> Seeds(string name, double[] first, double[] second) => new(
        name,
        answer => tensor(answer([.. first], [.. second])),
        () => tensor(PairedTest.PValue(first, second)!.Value));

    private static (double, double) Reference(double[] scores)
    {
        var cell = new SeedCell(
            scores.Select((score, seed) => (Seed: (long)seed, score)).ToDictionary(c => c.Seed, c => c.score));
        return (cell.Mean, cell.Deviation!.Value);
    }

    private static Tensor Pair((double Mean, double Deviation) answer) => double.IsNaN(answer.Mean)
        ? tensor(double.NaN) : tensor(new[] { answer.Mean, answer.Deviation });
}
