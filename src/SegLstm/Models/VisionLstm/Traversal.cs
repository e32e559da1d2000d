namespace SegLstm.Models.VisionLstm;

/// <summary>The order in which a sub-block reads the tokens of an image.</summary>
public enum Traversal
{
    /// <summary>Row by row from the top left.</summary>
    RowwiseFromTopLeft,

    /// <summary>The same reversed: row by row from the bottom right, the image rotated by 180°.</summary>
    RowwiseFromBottomRight,
}
