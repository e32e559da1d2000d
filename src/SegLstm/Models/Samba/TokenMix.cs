using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Models.Samba;

/// <summary>Pastes a rectangle of other images' tokens into the images of a batch.</summary>
/// <remarks>
/// The batch in reverse order lends; one rectangle serves all. Its area is a share of the grid that is uniform in [0, 1] (Beta(1,
/// 1)); corners lie on every eighth token; what sticks out is cut off. Grids of fewer than eight tokens stay as they are. Source:
/// zhuqinfeng1999/Samba, <c>Samba.forward</c> and <c>rand_bbox</c> (from token labeling, arXiv 2104.10858).
/// </remarks>
public static class TokenMix
{
    /// <summary>Tokens between possible corners.</summary>
    private const long Scale = 8;

    /// <summary>Tokens on their grid <c>(B, rows, columns, D)</c> to the same, mixed.</summary>
    public static Tensor Apply(Tensor x)
    {
        using var scope = NewDisposeScope();
        var draws = rand([3]).data<float>().ToArray();
        var side = Math.Sqrt(1 - draws[0]);
        var (row, rows) = Span(x.shape[1] / Scale, side, draws[1]);
        var (column, columns) = Span(x.shape[2] / Scale, side, draws[2]);
        if (rows == 0 || columns == 0)
        {
            return x;
        }

        Tensor Rectangle(Tensor tokens) => tokens.narrow(1, row, rows).narrow(2, column, columns);
        var mixed = x.clone();
        Rectangle(mixed).copy_(Rectangle(x.flip(0)));
        return mixed.MoveToOuterDisposeScope();
    }

    /// <summary>Where the rectangle begins in one direction, and how many tokens it has.</summary>
    private static (long Start, long Length) Span(long cells, double side, double draw)
    {
        var (half, centre) = ((long)(cells * side) / 2, (long)(cells * draw));
        var (first, end) = (Math.Max(centre - half, 0), Math.Min(centre + half, cells));
        return (Scale * first, Scale * (end - first));
    }
}
