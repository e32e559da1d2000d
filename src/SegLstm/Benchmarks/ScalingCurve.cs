namespace SegLstm.Benchmarks;

/// <summary>How time and memory grow with the number of tokens.</summary>
/// <param name="Name">Name of the rows.</param>
/// <param name="Exponent">p of <c>time = c · tokensᵖ</c>, by least squares of the logarithms: 1 is linear, 2 quadratic.</param>
/// <param name="MemoryExponent">The same of the memory taken; null where that was not measured.</param>
public sealed record ScalingCurve(string Name, double Exponent, double? MemoryExponent = null)
{
    /// <summary>The power of tokens that comes nearest to what was measured, by least squares of the logarithms.</summary>
    /// <param name="tokens">Numbers of tokens.</param>
    /// <param name="measured">A positive number for each.</param>
    /// <exception cref="ArgumentException">Fewer than two numbers of tokens, or another count of measurements.</exception>
    public static double Power(IReadOnlyList<double> tokens, IReadOnlyList<double> measured)
    {
        if (measured.Count != tokens.Count || tokens.Distinct().Count() < 2)
        {
            throw new ArgumentException(
                $"Expected a measurement for each of two numbers of tokens or more, got {measured.Count} for {tokens.Count}.");
        }

        double[] x = [.. tokens.Select(number => Math.Log(number))], y = [.. measured.Select(number => Math.Log(number))];
        var (meanX, meanY) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - meanX) * (b - meanY)).Sum() / x.Sum(a => (a - meanX) * (a - meanX));
    }

    /// <summary>Fits a curve.</summary>
    /// <param name="name">Name of the rows.</param>
    /// <param name="points">Tokens, time, and memory where it was measured.</param>
    /// <returns>The curve; null for fewer than two points.</returns>
    internal static ScalingCurve? Fit(string name, IReadOnlyList<(double Tokens, double Time, double? Memory)> points)
    {
        if (points.Count < 2)
        {
            return null;
        }

        double[] tokens = [.. points.Select(point => point.Tokens)];
        double[] memory = [.. points.Select(point => point.Memory).OfType<double>()];
        return new ScalingCurve(name, Power(tokens, [.. points.Select(point => point.Time)]),
            memory.Length == tokens.Length ? Power(tokens, memory) : null);
    }
}
