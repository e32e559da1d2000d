namespace SegLstm.Layers;

/// <summary>The grid that a sequence of tokens was unrolled from, row by row.</summary>
/// <param name="Rows">Rows of tokens.</param>
/// <param name="Columns">Tokens in a row.</param>
public readonly record struct TokenGrid(long Rows, long Columns)
{
    /// <summary>Tokens in the grid.</summary>
    public long Tokens => Rows * Columns;

    /// <summary>The square grid of a number of tokens.</summary>
    /// <exception cref="ArgumentException">The number is not a square.</exception>
    public static TokenGrid Square(long tokens)
    {
        var side = (long)Math.Round(Math.Sqrt(tokens));
        return side * side == tokens
            ? new TokenGrid(side, side)
            : throw new ArgumentException(
                $"A 2-D convolution needs the token grid: {tokens} tokens are no square. Pass the grid (rows, columns).",
                nameof(tokens));
    }
}
