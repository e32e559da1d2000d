namespace SegLstm.Data.Synthetic;

/// <summary>The two domains of LoveDA, between which appearance and class shares shift.</summary>
public enum SceneDomain
{
    /// <summary>Street blocks, dense buildings, little farmland.</summary>
    Urban,

    /// <summary>Fields, woods, villages along few roads.</summary>
    Rural,
}
