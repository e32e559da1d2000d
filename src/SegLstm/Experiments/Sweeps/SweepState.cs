namespace SegLstm.Experiments.Sweeps;

/// <summary>How far a run of a sweep is, as its folder shows it.</summary>
public enum SweepState
{
    /// <summary>It has not begun.</summary>
    New,

    /// <summary>It began and was not tested yet: it goes on where its newest training state was saved.</summary>
    CutOff,

    /// <summary>It is trained and tested.</summary>
    Finished,

    /// <summary>The folder holds a run that was told something else: nothing is done with it.</summary>
    Other,
}
