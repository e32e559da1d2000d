namespace SegLstm.Workbook.Figures;

/// <summary>Drops the points of a long line that no screen can show.</summary>
internal static class Thinning
{
    /// <summary>
    /// Of the points that fall in one column keeps the first, the lowest, the highest and the last, in their order: the
    /// drawn line looks the same, peaks included.
    /// </summary>
    /// <param name="points">Points with rising x, in the figure's units.</param>
    /// <param name="column">Width of a column in the same units.</param>
    internal static IReadOnlyList<(double X, double Y)> Keep(IReadOnlyList<(double X, double Y)> points, double column) =>
        [.. KeepIndices(points, column).Select(i => points[i])];

    /// <summary>As <see cref="Keep"/>, but which points they are.</summary>
    internal static IReadOnlyList<int> KeepIndices(IReadOnlyList<(double X, double Y)> points, double column)
    {
        var kept = new List<int>();
        for (int start = 0; start < points.Count;)
        {
            double edge = (Math.Floor(points[start].X / column) + 1) * column;
            int end = start + 1, low = start, high = start;
            for (; end < points.Count && points[end].X < edge; end++)
            {
                if (points[end].Y < points[low].Y) low = end;
                if (points[end].Y > points[high].Y) high = end;
            }

            foreach (int i in new SortedSet<int> { start, low, high, end - 1 }) kept.Add(i);
            start = end;
        }

        return kept;
    }
}
