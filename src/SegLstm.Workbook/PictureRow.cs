namespace SegLstm.Workbook;

/// <summary>Pictures side by side, in as many rows as the page's width needs.</summary>
/// <param name="Pictures">From left to right.</param>
public sealed record PictureRow(IReadOnlyList<Picture> Pictures)
{
    /// <summary>The pictures in words.</summary>
    public override string ToString() => string.Join("\n", Pictures);
}
