namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>Which index of a three-dimensional array counts bands.</summary>
public enum BandAxis
{
    /// <summary>The first where only so the labels fit; else the last, as MATLAB files have it.</summary>
    Automatic,

    /// <summary>bands x rows x columns.</summary>
    First,

    /// <summary>rows x columns x bands.</summary>
    Last,
}
