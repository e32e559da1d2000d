namespace SegLstm.Pretraining.Methods;

/// <summary>GLCNet and its ablations, as its code has them. Source: GeoX-Lab/G-RSIM, <c>main_ss.py</c>, self_mode 1, 11, 12,
/// 13.</summary>
public enum GlcNetVariant
{
    /// <summary>Style vectors of whole views, and local regions.</summary>
    Full,

    /// <summary>The mean of a view in place of its style vector.</summary>
    NoStyle,

    /// <summary>Local regions alone.</summary>
    NoGlobal,

    /// <summary>Style vectors alone.</summary>
    NoLocal,
}
