namespace SegLstm.Models.VisionLstm;

/// <summary>What Vision-LSTM makes of its tokens after the last block.</summary>
public enum TokenHead
{
    /// <summary>All tokens, <c>(B, S, D)</c>.</summary>
    None,

    /// <summary>The tokens as an image, <c>(B, D, gh, gw)</c>.</summary>
    ToImage,

    /// <summary>Mean of first and last token, <c>(B, D)</c>.</summary>
    BilateralAverage,

    /// <summary>First and last token side by side, <c>(B, 2D)</c>.</summary>
    BilateralFlatten,
}
