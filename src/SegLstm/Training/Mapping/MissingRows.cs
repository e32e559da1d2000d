namespace SegLstm.Training.Mapping;

/// <summary>Which pixels of the rows that windows reach have no data. Windows may be read ahead by one row of windows.</summary>
/// <param name="width">Columns of the scene.</param>
/// <param name="window">Rows of a window: twice as many are kept.</param>
internal sealed class MissingRows(int width, int window)
{
    private readonly int _kept = 2 * window;
    private readonly bool[] _missing = new bool[2L * window * width];

    /// <summary>Notes a window.</summary>
    /// <param name="x">Its first column.</param>
    /// <param name="y">Its first row.</param>
    /// <param name="w">Its columns.</param>
    /// <param name="missing">Its pixels, row after row.</param>
    internal void Set(int x, int y, int w, ReadOnlySpan<bool> missing)
    {
        for (int row = 0; row < missing.Length / w; row++) missing.Slice(row * w, w).CopyTo(Row(y + row)[x..]);
    }

    /// <summary>Replaces classes by "no data" where pixels have none.</summary>
    /// <param name="top">Row of the first.</param>
    /// <param name="classes">Whole rows.</param>
    internal void Mark(int top, Span<byte> classes)
    {
        for (int row = 0; row < classes.Length / width; row++)
        {
            ReadOnlySpan<bool> missing = Row(top + row);
            if (!missing.Contains(true)) continue;
            Span<byte> line = classes.Slice(row * width, width);
            for (int x = 0; x < width; x++)
            {
                if (missing[x]) line[x] = ClassMap.NoData;
            }
        }
    }

    private Span<bool> Row(int row) => _missing.AsSpan((row % _kept) * width, width);
}
