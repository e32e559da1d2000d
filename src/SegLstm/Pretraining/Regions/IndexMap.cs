using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Regions;

/// <summary>For each pixel of a view, the pixel of the source tile that it shows.</summary>
internal sealed class IndexMap
{
    private readonly long[] ids;
    private readonly int rows;
    private readonly int columns;

    public IndexMap(Tensor map)
    {
        if (map.dim() != 2 || map.dtype != ScalarType.Int64)
        {
            throw new ArgumentException(
                $"Expected an index map (H, W) of int64, got ({string.Join(", ", map.shape)}) of {map.dtype}.", nameof(map));
        }

        (rows, columns) = ((int)map.shape[0], (int)map.shape[1]);
        using var values = map.cpu().data<long>();
        ids = values.ToArray();
    }

    /// <summary>The ids at least <paramref name="margin"/> pixels from the upper and left edge, and further from the
    /// others.</summary>
    public HashSet<long> Inside(int margin) => In(new Box(margin, margin, columns - margin - 1, rows - margin - 1));

    /// <summary>The ids in a box.</summary>
    public HashSet<long> In(Box box)
    {
        var found = new HashSet<long>();
        for (var row = box.Top; row <= box.Bottom && box.Left <= box.Right; row++)
        {
            foreach (var id in Row(row)[box.Left..(box.Right + 1)])
            {
                found.Add(id);
            }
        }

        return found;
    }

    /// <summary>The box of twice <paramref name="radius"/> whose lower right middle is the id's first place where one
    /// fits.</summary>
    public Box BoxAround(long id, int radius)
    {
        for (var row = radius; row <= rows - radius; row++)
        {
            var at = Row(row)[radius..(columns - radius + 1)].IndexOf(id);
            if (at >= 0)
            {
                var column = radius + at;
                return new Box(column - radius, row - radius, column + radius - 1, row + radius - 1);
            }
        }

        throw new ArgumentException($"No box of {2 * radius} fits around pixel {id} in a view of {this}.", nameof(id));
    }

    private ReadOnlySpan<long> Row(int row) => ids.AsSpan(row * columns, columns);

    public override string ToString() => $"{rows} x {columns} pixels";
}
