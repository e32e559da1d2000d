namespace SegLstm.Data.Classification;

/// <summary>How a picture of any shape becomes a square where it is not varied: for tests, and for training without variations.</summary>
public enum ImageFit
{
    /// <summary>Its shorter edge gets the square's side, and the middle of the longer one is kept: ViL's test on ImageNet.</summary>
    CentreCrop,

    /// <summary>Both edges get the square's side, whatever its shape: what public loaders of VTAB-1K do.</summary>
    Stretch,
}
