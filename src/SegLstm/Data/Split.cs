namespace SegLstm.Data;

/// <summary>What pixels are for.</summary>
public enum Split
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose among models while learning.</summary>
    Validation,

    /// <summary>To report on, once.</summary>
    Test,
}
