namespace SegLstm.Kernels.Winograd.Cpu;

/// <summary>Sizes of a convolution of one sample, and how its map is cut into tiles of 2×2 pixels of the result.</summary>
/// <param name="Inputs">C.</param>
/// <param name="Outputs">O.</param>
/// <param name="Rows">H.</param>
/// <param name="Columns">W.</param>
internal sealed record WinogradShape(int Inputs, int Outputs, int Rows, int Columns)
{
    /// <summary>Numbers that tile, taps and result have for a channel when they are transformed.</summary>
    public const int Positions = 16;

    /// <summary>Pixels a side of the result of a tile.</summary>
    public const int Side = 2;

    /// <summary>Pixels a side of what a tile reads.</summary>
    public const int Reach = 4;

    // Tiles that are transformed at a time: enough to share the reading of the taps, few enough that the memory which they take is
    // kept for the next map.
    private const int TilesTogether = 128;

    /// <summary>Pixels of the map.</summary>
    public int Pixels => Rows * Columns;

    /// <summary>Tiles down.</summary>
    public int TileRows => (Rows + 1) / Side;

    /// <summary>Tiles across.</summary>
    public int TileColumns => (Columns + 1) / Side;

    /// <summary>Rows of tiles that are transformed at a time.</summary>
    public int TileRowsTogether => Math.Clamp(TilesTogether / TileColumns, 1, TileRows);
}
