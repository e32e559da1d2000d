namespace SegLstm.Experiments.Claims;

/// <summary>What a claim is about, and so how it is made again.</summary>
public enum ClaimKind
{
    /// <summary>Results of trained models: the runs of the sweep beside the claim.</summary>
    Runs,

    /// <summary>Classes of a scene that are left out of training and found by their words: each in turn, with the recipe and the
    /// seeds of the sweep beside the claim.</summary>
    HeldOut,

    /// <summary>Results of simple methods on a scene's held-out blocks: computed again each time.</summary>
    Baselines,

    /// <summary>Parameter counts of published models: counted again each time.</summary>
    Parameters,
}
