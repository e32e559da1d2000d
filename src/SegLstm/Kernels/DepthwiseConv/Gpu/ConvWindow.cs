namespace SegLstm.Kernels.DepthwiseConv.Gpu;

/// <summary>A grid of tokens and the window of it that a token sees.</summary>
/// <param name="Rows">Rows of the grid.</param>
/// <param name="Columns">Columns of the grid.</param>
/// <param name="WindowRows">Rows of the window.</param>
/// <param name="WindowColumns">Columns of the window.</param>
/// <param name="RowOrigin">Rows of the window in front of the token.</param>
/// <param name="ColumnOrigin">Columns of the window in front of the token.</param>
internal sealed record ConvWindow(
    int Rows, int Columns, int WindowRows, int WindowColumns, int RowOrigin, int ColumnOrigin)
{
    /// <summary>Taps of a channel.</summary>
    public int Taps => WindowRows * WindowColumns;

    /// <summary>The last <paramref name="taps"/> tokens of a sequence, the token itself among them.</summary>
    public static ConvWindow Causal(int tokens, int taps) => new(tokens, 1, taps, 1, taps - 1, 0);

    /// <summary>The token and what surrounds it; <paramref name="side"/> is odd.</summary>
    public static ConvWindow Around(int rows, int columns, int side) => new(rows, columns, side, side, side / 2, side / 2);
}
