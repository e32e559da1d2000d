namespace SegLstm.Data;

/// <summary>One of the eight ways to lay a square tile: mirrored or not, then turned by quarters.</summary>
/// <param name="Turns">Quarter turns clockwise, 0 to 3.</param>
/// <param name="Mirrored">Whether left and right change places first.</param>
internal readonly record struct TileOrientation(int Turns, bool Mirrored)
{
    /// <summary>Any of the eight, equally likely.</summary>
    internal static TileOrientation Draw(Random random) => new(random.Next(4), random.Next(2) == 1);

    /// <summary>Where a pixel of a tile goes, as a row-major index.</summary>
    internal int Place(int row, int column, int size)
    {
        if (Mirrored)
            column = size - 1 - column;
        for (int turn = 0; turn < Turns; turn++)
            (row, column) = (column, size - 1 - row);
        return row * size + column;
    }
}
