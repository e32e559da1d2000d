namespace SegLstm.Models.SpectralMamba.Published;

/// <summary>A norm at one place of a design.</summary>
public enum DesignNorm
{
    /// <summary>None.</summary>
    None,

    /// <summary>Layer norm, or batch norm: scale and shift.</summary>
    Affine,

    /// <summary>RMS norm: a scale, in a module that the profiler does not know.</summary>
    Rms,
}
