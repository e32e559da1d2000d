namespace SegLstm.Benchmarks;

/// <summary>How time grows with the number of tokens.</summary>
/// <param name="Name">Name of the rows.</param>
/// <param name="Exponent">p of <c>time = c · tokensᵖ</c>, by least squares of the logarithms: 1 is linear, 2 quadratic.</param>
public sealed record ScalingCurve(string Name, double Exponent)
{
    /// <summary>Fits a curve.</summary>
    /// <param name="name">Name of the rows.</param>
    /// <param name="points">Tokens and time.</param>
    /// <returns>The curve; null for fewer than two points.</returns>
    internal static ScalingCurve? Fit(string name, IReadOnlyList<(double Tokens, double Time)> points)
    {
        if (points.Count < 2)
        {
            return null;
        }

        var (x, y) = (points.Select(point => Math.Log(point.Tokens)).ToArray(), points.Select(point => Math.Log(point.Time)));
        var (meanX, meanY) = (x.Average(), y.Average());
        var slope = x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
        return new ScalingCurve(name, slope);
    }
}
