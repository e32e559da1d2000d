using SegLstm.Experiments.Runs;

namespace SegLstm.Experiments.Sweeps;

/// <summary>A run and what became of it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Summary">What its folder says; null where it did not begin.</param>
/// <param name="Fault">Why it failed: the exit code and the last line that it printed; empty where it did not.</param>
public sealed record SweepResult(SweepRun Run, SweepOutcome Outcome, RunSummary? Summary, string Fault);
