using SegLstm.Metrics;

namespace SegLstm.Training;

/// <summary>One validation.</summary>
/// <param name="Iteration">0-based iteration after which it was made.</param>
/// <param name="Matrix">Counts of all labelled pixels.</param>
/// <param name="Scores">What follows from the counts.</param>
/// <param name="IsBest">Whether no earlier validation of the run had as high a mean IoU.</param>
public sealed record ValidationReport(int Iteration, ConfusionMatrix Matrix, Scores Scores, bool IsBest)
{
    /// <summary>The report of a validation that follows others.</summary>
    /// <param name="iteration">0-based iteration after which it was made.</param>
    /// <param name="matrix">Counts of all labelled pixels.</param>
    /// <param name="earlier">All validations before it.</param>
    internal static ValidationReport Of(int iteration, ConfusionMatrix matrix, IReadOnlyList<ValidationReport> earlier)
    {
        Scores scores = matrix.Scores;
        bool best = earlier.Count == 0 || scores.MeanIoU > earlier.Max(validation => validation.Scores.MeanIoU);
        return new ValidationReport(iteration, matrix, scores, best);
    }
}
