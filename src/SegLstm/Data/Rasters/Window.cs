namespace SegLstm.Data.Rasters;

/// <summary>A rectangle of pixels: column and row of its upper left pixel, width and height.</summary>
/// <param name="X">First column, from 0.</param>
/// <param name="Y">First row, from 0.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct Window(int X, int Y, int Width, int Height)
{
    /// <summary>Whether the window is not empty and lies within an image of <paramref name="width"/> x <paramref name="height"/>.</summary>
    public bool IsWithin(int width, int height) =>
        X >= 0 && Y >= 0 && Width > 0 && Height > 0 && X <= width - Width && Y <= height - Height;

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height} at column {X}, row {Y}";
}
