using SegLstm.Metrics;

namespace SegLstm.Training;

/// <summary>One validation.</summary>
/// <param name="Iteration">0-based iteration after which it was made.</param>
/// <param name="Matrix">Counts of all labelled pixels, or images.</param>
/// <param name="Scores">What follows from the counts.</param>
/// <param name="IsBest">Whether no earlier validation of the run had as high a mean IoU, or accuracy where images are classified.</param>
public sealed record ValidationReport(int Iteration, ConfusionMatrix Matrix, Scores Scores, bool IsBest)
{
    /// <summary>The report of a validation that follows others.</summary>
    /// <param name="iteration">0-based iteration after which it was made.</param>
    /// <param name="matrix">Counts of all labelled pixels.</param>
    /// <param name="earlier">All validations before it.</param>
    /// <param name="task">What the model tells of an image.</param>
    internal static ValidationReport Of(
        int iteration, ConfusionMatrix matrix, IReadOnlyList<ValidationReport> earlier, ModelTask task = default)
    {
        Scores scores = matrix.Scores;
        double Measure(Scores of) => task == ModelTask.Classification ? of.OverallAccuracy : of.MeanIoU;
        bool best = earlier.Count == 0 || Measure(scores) > earlier.Max(validation => Measure(validation.Scores));
        return new ValidationReport(iteration, matrix, scores, best);
    }
}
