using SegLstm.Metrics;

namespace SegLstm.Training;

/// <summary>One validation.</summary>
/// <param name="Iteration">0-based iteration after which it was made.</param>
/// <param name="Matrix">Counts of all labelled pixels.</param>
/// <param name="Scores">What follows from the counts.</param>
/// <param name="IsBest">Whether no earlier validation of the run had as high a mean IoU.</param>
public sealed record ValidationReport(int Iteration, ConfusionMatrix Matrix, Scores Scores, bool IsBest);
