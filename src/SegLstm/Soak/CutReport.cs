namespace SegLstm.Soak;

/// <summary>What came of runs that were cut off and resumed.</summary>
/// <param name="Cuts">How often a run was cut off.</param>
/// <param name="Runs">Runs that were compared with one that never stopped.</param>
/// <param name="Failures">Those that did not end in the same bits.</param>
public sealed record CutReport(int Cuts, int Runs, IReadOnlyList<CutFailure> Failures);
