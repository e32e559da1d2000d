namespace SegLstm.Experiments.Sweeps;

/// <summary>What became of a run in one execution of its sweep.</summary>
public enum SweepOutcome
{
    /// <summary>It was trained and tested.</summary>
    Finished,

    /// <summary>It was finished before.</summary>
    Skipped,

    /// <summary>Its process ended without a test.</summary>
    Failed,

    /// <summary>It was stopped, or not begun, because the sweep was stopped.</summary>
    Stopped,
}
