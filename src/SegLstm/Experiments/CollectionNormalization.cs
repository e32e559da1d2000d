namespace SegLstm.Experiments;

/// <summary>Where the means and deviations are from that a collection's bands are normalised with.</summary>
public enum CollectionNormalization
{
    /// <summary>Measured on its training images.</summary>
    Measured,

    /// <summary>
    /// ImageNet's, as mmsegmentation's recipes have them, whatever the three bands are: 123.675, 116.28, 103.53 and 58.395, 57.12, 57.375.
    /// </summary>
    Imagenet,
}
