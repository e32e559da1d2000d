namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>How parameters and multiply-adds of a design may have been counted.</summary>
public enum CountRule
{
    /// <summary>As <see cref="Hyperspectral.ProfilerCost"/>, with a Mamba block whose five maps are modules that are called.</summary>
    Profiler,

    /// <summary>The same of Mamba's own block, which calls convolution, x_proj and out_proj only, and reads the weights of the
    /// others: those are not counted.</summary>
    ProfilerOfOfficialBlock,

    /// <summary>All parameters; multiply-adds as <see cref="Profiler"/>.</summary>
    AllParameters,
}
