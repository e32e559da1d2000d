namespace SegLstm.Experiments.Runs;

/// <summary>How far a run got, as its folder shows it.</summary>
public enum RunState
{
    /// <summary>
    /// Its last iteration is in the metrics, and its last weights are there or were tested: logs without weights count.
    /// </summary>
    Finished,

    /// <summary>A process writes the folder.</summary>
    Running,

    /// <summary>It was asked to end before its last iteration.</summary>
    Stopped,

    /// <summary>It ended by an error.</summary>
    Failed,

    /// <summary>Nobody writes it, and it does not say how it ended: the process was killed, the machine went down, or a version of
    /// this library made it that did not say so yet.</summary>
    Died,

    /// <summary>A file of the folder cannot be read.</summary>
    Damaged,
}
