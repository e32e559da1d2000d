namespace SegLstm.Experiments;

/// <summary>How a model is measured on images of a collection.</summary>
public enum CollectionEvaluation
{
    /// <summary>
    /// In windows of the recipe's size: while training side by side, each pixel counted once; afterwards overlapping and blended.
    /// </summary>
    Windows,

    /// <summary>Each image, or patch of it where the recipe cuts patches, at once, as mmsegmentation's "whole" mode.</summary>
    Whole,
}
