namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>How a piece may become a token.</summary>
public enum DesignEmbedding
{
    /// <summary>It is one: the token is as wide as the piece.</summary>
    None,

    /// <summary>By a linear layer.</summary>
    Linear,

    /// <summary>By a linear layer without bias.</summary>
    LinearWithoutBias,
}
