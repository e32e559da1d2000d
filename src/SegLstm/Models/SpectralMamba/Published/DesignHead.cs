namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>What may stand behind the tokens.</summary>
public enum DesignHead
{
    /// <summary>One vector (mean or last token), linear layer.</summary>
    Pooled,

    /// <summary>One vector, layer norm, linear layer.</summary>
    PooledNormed,

    /// <summary>All tokens side by side, linear layer.</summary>
    Flattened,
}
