namespace SegLstm.Models.Vim;

/// <summary>Where the class token stands among the patches.</summary>
public enum ClassToken
{
    /// <summary>There is none; the head reads pooled patches.</summary>
    None,

    /// <summary>In front of the patches.</summary>
    Head,

    /// <summary>In the middle, after half of the patches (rounded down). The published choice.</summary>
    Middle,
}
