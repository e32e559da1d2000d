namespace SegLstm.Experiments.Sweeps;

/// <summary>How a value is drawn.</summary>
public enum SweepDistribution
{
    /// <summary>Any number of the range alike.</summary>
    Uniform,

    /// <summary>Any factor alike, as suits learning rates: as often 1e-4 to 1e-3 as 1e-3 to 1e-2.</summary>
    LogUniform,

    /// <summary>One of a list.</summary>
    Choice,
}
