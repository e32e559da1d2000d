namespace SegLstm.Data.Classification;

/// <summary>How the tasks of VTAB are grouped.</summary>
public enum VtabGroup
{
    /// <summary>Photographs of everyday things.</summary>
    Natural,

    /// <summary>Pictures of special cameras: from orbit, of tissue.</summary>
    Specialised,

    /// <summary>Questions on what stands where: counts, distances, angles.</summary>
    Structured,
}
