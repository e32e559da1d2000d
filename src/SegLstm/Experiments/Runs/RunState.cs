namespace SegLstm.Experiments.Runs;

/// <summary>How far a run got, as its folder shows it.</summary>
public enum RunState
{
    /// <summary>
    /// Its last iteration is in the metrics, and its last weights are there or were tested: logs without weights count.
    /// </summary>
    Finished,

    /// <summary>It goes on, was stopped, or failed: the folder does not tell these apart.</summary>
    Unfinished,

    /// <summary>A file of the folder cannot be read.</summary>
    Damaged,
}
