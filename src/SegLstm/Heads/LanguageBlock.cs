namespace SegLstm.Heads;

/// <summary>How LSeg smooths the scores of its labels over neighbouring pixels. Source: LSeg (arXiv 2201.03546), section
/// 3.4.</summary>
public enum LanguageBlock
{
    /// <summary>Not at all: what the published demonstration was trained with.</summary>
    None,

    /// <summary>A 3×3 convolution of each label's scores, and the largest score of all labels added.</summary>
    Bottleneck,

    /// <summary>A 3×3 convolution of each label's scores.</summary>
    Depthwise,
}
