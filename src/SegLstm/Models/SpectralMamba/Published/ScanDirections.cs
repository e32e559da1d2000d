namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>Directions in which a layer may read the pieces.</summary>
public enum ScanDirections
{
    /// <summary>From the first band to the last.</summary>
    One,

    /// <summary>Both, between shared outer projections, as Vim does.</summary>
    BothInOneBlock,

    /// <summary>Both, each with a block of its own.</summary>
    TwoBlocks,
}
