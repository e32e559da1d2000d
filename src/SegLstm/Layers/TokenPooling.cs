using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>Ways to make one vector (or one image) of a sequence of tokens <c>(B, S, D)</c>; those of the ViL training
/// code.</summary>
/// <remarks>Source: NX-AI/vision-lstm, <c>src/vislstm/poolings</c>.</remarks>
public static class TokenPooling
{
    /// <summary>The first token, <c>(B, D)</c>.</summary>
    public static Tensor First(Tensor tokens) => tokens.select(1, 0);

    /// <summary>The last token, <c>(B, D)</c>.</summary>
    public static Tensor Last(Tensor tokens) => tokens.select(1, tokens.shape[1] - 1);

    /// <summary>The mean of all tokens, <c>(B, D)</c>.</summary>
    public static Tensor Mean(Tensor tokens) => tokens.mean([1]);

    /// <summary>The mean of first and last token, <c>(B, D)</c>: both ends of a sequence that is read in both
    /// directions.</summary>
    public static Tensor BilateralMean(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return ((First(tokens) + Last(tokens)) / 2).MoveToOuterDisposeScope();
    }

    /// <summary>First and last token side by side, <c>(B, 2D)</c>.</summary>
    public static Tensor BilateralFlatten(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return cat([First(tokens), Last(tokens)], 1).MoveToOuterDisposeScope();
    }

    /// <summary>The <paramref name="count"/> tokens around the middle side by side, <c>(B, count·D)</c>, from token <c>S/2 -
    /// count/2</c> on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer tokens than wanted.</exception>
    public static Tensor Middle(Tensor tokens, long count)
    {
        if (count < 1 || count > tokens.shape[1])
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, $"The sequence has {tokens.shape[1]} tokens.");
        }

        using var middle = tokens.narrow(1, tokens.shape[1] / 2 - count / 2, count);
        return middle.flatten(1);
    }

    /// <summary>The tokens back on their grid, channels first: <c>(B, D, rows, columns)</c>.</summary>
    /// <exception cref="ArgumentException">The tokens do not fill the grid.</exception>
    public static Tensor ToImage(Tensor tokens, TokenGrid grid)
    {
        if (tokens.shape[1] != grid.Tokens)
        {
            throw new ArgumentException(
                $"{tokens.shape[1]} tokens do not fill a grid of {grid.Rows} rows and {grid.Columns} columns.", nameof(tokens));
        }

        using var last = tokens.transpose(1, 2);
        return last.reshape(tokens.shape[0], tokens.shape[2], grid.Rows, grid.Columns);
    }
}
