namespace SegLstm.Pretraining.Probes;

/// <summary>The two directions of greatest variance, by iterating on a plane: in one fixed order, so that the bits never
/// differ.</summary>
internal static class PrincipalAxes
{
    private const int Iterations = 100;

    /// <summary>Where each row lies along the first two principal axes.</summary>
    /// <param name="rows">At least two rows.</param>
    /// <returns>Two coordinates for each row; on each axis the one that is farthest out is positive.</returns>
    internal static (double[] First, double[] Second) Coordinates(FeatureRows rows)
    {
        FeatureRows centred = rows.Centred();
        var start = new Random(0);
        double[] u = [.. Enumerable.Range(0, rows.Width).Select(_ => start.NextDouble() - 0.5)];
        double[] v = [.. Enumerable.Range(0, rows.Width).Select(_ => start.NextDouble() - 0.5)];
        for (int i = 0; i < Iterations; i++)
        {
            (u, v) = (Turned(centred, Along(centred, u)), Turned(centred, Along(centred, v)));
            Scale(u, 1 / Length(u));
            double shared = FeatureRows.Dot(u, v);
            for (int k = 0; k < v.Length; k++) v[k] -= shared * u[k];
            Scale(v, 1 / Length(v));
        }

        return (Signed(Along(centred, u)), Signed(Along(centred, v)));
    }

    private static double[] Along(FeatureRows rows, double[] axis)
    {
        double[] places = new double[rows.Count];
        for (int i = 0; i < places.Length; i++) places[i] = FeatureRows.Dot(rows[i], axis);
        return places;
    }

    private static double[] Turned(FeatureRows rows, double[] places)
    {
        double[] axis = new double[rows.Width];
        for (int i = 0; i < places.Length; i++)
        {
            var row = rows[i];
            for (int k = 0; k < axis.Length; k++) axis[k] += places[i] * row[k];
        }

        return axis;
    }

    // An axis without variance has length 0, and stays so.
    private static double Length(double[] axis) => Math.Sqrt(FeatureRows.Dot(axis, axis)) is > 0 and var length ? length : 1;

    private static void Scale(double[] axis, double factor)
    {
        for (int k = 0; k < axis.Length; k++) axis[k] *= factor;
    }

    private static double[] Signed(double[] places)
    {
        if (places.MaxBy(Math.Abs) < 0) Scale(places, -1);
        return places;
    }
}
