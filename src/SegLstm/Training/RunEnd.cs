namespace SegLstm.Training;

/// <summary>How a run ended, as the last of its `metrics.jsonl` says.</summary>
public enum RunEnd
{
    /// <summary>After its last iteration.</summary>
    Finished,

    /// <summary>Before, as it was asked to; it can be resumed.</summary>
    Stopped,

    /// <summary>By an error.</summary>
    Failed,
}
