namespace SegLstm.Experiments.Claims;

/// <summary>What a claim is about, and so how it is made again.</summary>
public enum ClaimKind
{
    /// <summary>Results of trained models: the runs of the sweep beside the claim.</summary>
    Runs,

    /// <summary>Results of simple methods on a scene's held-out blocks: computed again each time.</summary>
    Baselines,

    /// <summary>Parameter counts of published models: counted again each time.</summary>
    Parameters,
}
