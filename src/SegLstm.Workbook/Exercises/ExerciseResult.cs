using System.Globalization;

namespace SegLstm.Workbook.Exercises;

/// <summary>What came out of checking an answer. Shown in a notebook it is a small box; as text it is three lines.</summary>
public sealed record ExerciseResult
{
    /// <summary>What was to be written.</summary>
    public required string Title { get; init; }

    /// <summary>The worst of all inputs, or that there is no answer yet.</summary>
    public required ExerciseOutcome Outcome { get; init; }

    /// <summary>Inputs that the answer was asked for.</summary>
    public required int Inputs { get; init; }

    /// <summary>Inputs whose answer has the same bits as the library's.</summary>
    public required int ExactInputs { get; init; }

    /// <summary>Inputs whose answer is within the tolerance, the exact ones among them.</summary>
    public required int ApproximateInputs { get; init; }

    /// <summary>Largest absolute difference over all inputs; NaN where there is no answer of the right shape.</summary>
    public required double LargestDifference { get; init; }

    /// <summary>The input and the place of the largest difference, or what went wrong; empty where all is exact.</summary>
    public required string Where { get; init; }

    /// <summary>How to go on.</summary>
    public required string Hint { get; init; }

    /// <summary>Whether the answer is right: exact, or within the tolerance, for every input.</summary>
    public bool Passed => Outcome is ExerciseOutcome.Exact or ExerciseOutcome.Approximate;

    /// <summary>The result in one line.</summary>
    public string Headline => Outcome switch
    {
        ExerciseOutcome.Exact => "right: exact, bit for bit",
        ExerciseOutcome.Approximate => "right: within rounding",
        ExerciseOutcome.Different => "not right yet",
        ExerciseOutcome.Failed => "stopped with an error",
        _ => "not yet: put your answer where it says TODO, then run the cell again",
    };

    /// <summary>The counts in one line; empty where there is no answer to count.</summary>
    public string Counts => Outcome is ExerciseOutcome.NotYet or ExerciseOutcome.Failed ? "" : string.Create(
        CultureInfo.InvariantCulture,
        $"exact: {ExactInputs} of {Inputs} | approximate: {ApproximateInputs} of {Inputs} | largest difference: {Difference}");

    private string Difference => double.IsNaN(LargestDifference) ? "none, the shapes differ"
        : LargestDifference.ToString("0.##e+0", CultureInfo.InvariantCulture);

    /// <summary>The result as lines of text.</summary>
    public override string ToString() => string.Join("\n", Lines());

    private IEnumerable<string> Lines()
    {
        yield return $"{Title}: {Headline}";
        if (Counts.Length > 0) yield return "  " + Counts;
        if (Where.Length > 0) yield return "  " + Where;
        if (!Passed) yield return "  Hint: " + Hint;
    }
}
