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

    /// <summary>The first patch, <c>(B, D)</c>; from here on the training code only (<see cref="VisLSTM"/>).</summary>
    First,

    /// <summary>The last patch, <c>(B, D)</c>.</summary>
    Last,

    /// <summary>Some patches in the middle side by side, <c>(B, n·D)</c>.</summary>
    Middle,

    /// <summary>The mean of all patches, <c>(B, D)</c>.</summary>
    Mean,

    /// <summary>The learned tokens side by side, <c>(B, n·D)</c>: they are class tokens then.</summary>
    ClassTokens,

    /// <summary>The mean of the learned tokens, <c>(B, D)</c>.</summary>
    ClassTokensMean,
}
