namespace SegLstm.Data.Globe;

/// <summary>
/// Makes polygons on the sphere fit for a flat map from 180° W to 180° E. Rings that cross the antimeridian jump from one edge of
/// the map to the other; on paper that is a line across the world. Here a ring goes on beyond the edge instead and is drawn a turn to
/// the left and to the right as well; a ring around a pole is closed by way of the pole.
/// </summary>
internal static class Antimeridian
{
    /// <summary>The polygon with its rings unwrapped and repeated; even-odd filling then needs no more care.</summary>
    /// <param name="rings">Closed rings of (longitude, latitude) in degrees.</param>
    internal static IReadOnlyList<IReadOnlyList<(double X, double Y)>> Unwrap(IReadOnlyList<IReadOnlyList<(double X, double Y)>> rings)
    {
        var unwrapped = new List<IReadOnlyList<(double X, double Y)>>();
        foreach (var ring in rings)
        {
            var line = Line(ring);
            double west = line.Min(p => p.X), east = line.Max(p => p.X);
            foreach (double turn in new[] { -360.0, 0, 360 })
            {
                if (east + turn > -180 && west + turn < 180)
                    unwrapped.Add([.. line.Select(p => (p.X + turn, p.Y))]);
            }
        }

        return unwrapped;
    }

    private static List<(double X, double Y)> Line(IReadOnlyList<(double X, double Y)> ring)
    {
        var line = new List<(double X, double Y)>(ring.Count + 3) { ring[0] };
        double turns = 0;
        for (int i = 1; i < ring.Count; i++)
        {
            double step = ring[i].X - ring[i - 1].X;
            turns += step > 180 ? -360 : step < -180 ? 360 : 0;
            line.Add((ring[i].X + turns, ring[i].Y));
        }

        if (Math.Abs(line[^1].X - line[0].X) > 180)
        {
            double pole = ring.Average(p => p.Y) < 0 ? -90 : 90;
            line.AddRange([(line[^1].X, pole), (line[0].X, pole), line[0]]);
        }

        return line;
    }
}
