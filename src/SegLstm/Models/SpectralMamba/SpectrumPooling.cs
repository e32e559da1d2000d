namespace SegLstm.Models.SpectralMamba;

/// <summary>What the classifier reads of the tokens.</summary>
public enum SpectrumPooling
{
    /// <summary>Their mean.</summary>
    Mean,

    /// <summary>The last, which has seen the whole spectrum.</summary>
    Last,

    /// <summary>All, side by side.</summary>
    Flatten,
}
