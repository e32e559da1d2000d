namespace SegLstm.Layers;

/// <summary>Where learned tokens stand in the sequence of patches.</summary>
/// <remarks>Source: BenediktAlkin/KappaModules, <c>VitClassTokens</c>, which the ViL training code uses.</remarks>
public enum TokenLocation
{
    /// <summary>In front of all patches.</summary>
    First,

    /// <summary>Between the two halves of the patches; an odd patch belongs to the first half.</summary>
    Middle,

    /// <summary>Behind all patches.</summary>
    Last,

    /// <summary>One half in front of the patches, the other behind: an even number of tokens.</summary>
    Bilateral,

    /// <summary>Spread evenly, one behind each of the first pieces of equal length.</summary>
    Uniform,
}
