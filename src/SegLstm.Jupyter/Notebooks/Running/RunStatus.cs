namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>How a notebook's last run ended.</summary>
public enum RunStatus
{
    /// <summary>It has not: it runs, or its process was ended.</summary>
    Unfinished,

    /// <summary>All cells ran.</summary>
    Finished,

    /// <summary>A cell failed.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Interrupted,
}
