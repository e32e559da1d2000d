namespace SegLstm.Pretraining.Losses;

/// <summary>How the error of a completed pixel is measured.</summary>
public enum PixelError
{
    /// <summary>Its absolute value: SimMIM.</summary>
    Absolute,

    /// <summary>Its square: MAE, without MAE's normalisation of patches.</summary>
    Squared,
}
