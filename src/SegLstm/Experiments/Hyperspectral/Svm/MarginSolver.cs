namespace SegLstm.Experiments.Hyperspectral.Svm;

/// <summary>Finds the widest soft margin between two classes: the dual problem of the support vector machine by sequential minimal
/// optimisation.</summary>
/// <remarks>
/// Minimises <c>½ Σ α_i α_j y_i y_j K_ij - Σ α_i</c> for <c>0 ≤ α ≤ C</c>, <c>Σ α_i y_i = 0</c>. Each step moves the two multipliers
/// that violate the conditions of the optimum and promise most. Sources: Platt (1998); Fan, Chen and Lin, Working set selection
/// using second order information (JMLR, 2005).
/// </remarks>
internal static class MarginSolver
{
    /// <summary>How far from the optimum's conditions the result may be.</summary>
    public const double Tolerance = 1e-3;

    private const double LeastCurvature = 1e-12;
    private const int StepsPerSample = 10_000;

    /// <summary>Solves.</summary>
    /// <param name="kernel">K, <c>(n, n)</c> row by row.</param>
    /// <param name="signs">y: 1 or -1.</param>
    /// <param name="cost">C.</param>
    /// <returns>α, and what is added to <c>Σ α_i y_i K(x_i, x)</c>.</returns>
    public static (double[] Multipliers, double Offset) Solve(float[] kernel, sbyte[] signs, double cost)
    {
        var n = signs.Length;
        var (alpha, gradient) = (new double[n], new double[n]);
        Array.Fill(gradient, -1);
        var (highest, lowest) = (0.0, 0.0);
        for (var step = 0L; step < (long)StepsPerSample * n; step++)
        {
            var (i, j) = Pair(kernel, signs, alpha, gradient, cost, out highest, out lowest);
            if (j < 0)
            {
                break;
            }

            var curvature = Math.Max(LeastCurvature, kernel[(i * n) + i] + kernel[(j * n) + j] - (2.0 * kernel[(i * n) + j]));
            var room = Math.Min(signs[i] > 0 ? cost - alpha[i] : alpha[i], signs[j] > 0 ? alpha[j] : cost - alpha[j]);
            var move = Math.Min(room, ((signs[j] * gradient[j]) - (signs[i] * gradient[i])) / curvature);
            // Rounding must not leave a multiplier just outside of its bounds.
            alpha[i] = Math.Clamp(alpha[i] + (signs[i] * move), 0, cost);
            alpha[j] = Math.Clamp(alpha[j] - (signs[j] * move), 0, cost);
            for (var k = 0; k < n; k++)
            {
                gradient[k] += signs[k] * move * (kernel[(i * n) + k] - (double)kernel[(j * n) + k]);
            }
        }

        return (alpha, (highest + lowest) / 2);
    }

    /// <summary>The pair to move, j = -1 at the optimum; and how far apart the violations are.</summary>
    private static (int I, int J) Pair(
        float[] kernel, sbyte[] signs, double[] alpha, double[] gradient, double cost, out double highest, out double lowest)
    {
        var (n, i, j) = (signs.Length, -1, -1);
        (highest, lowest) = (double.NegativeInfinity, double.PositiveInfinity);
        for (var k = 0; k < n; k++)
        {
            if ((signs[k] > 0 ? alpha[k] < cost : alpha[k] > 0) && -signs[k] * gradient[k] > highest)
            {
                (highest, i) = (-signs[k] * gradient[k], k);
            }
        }

        var gain = 0.0;
        for (var k = 0; k < n; k++)
        {
            if (!(signs[k] > 0 ? alpha[k] > 0 : alpha[k] < cost))
            {
                continue;
            }

            var value = -signs[k] * gradient[k];
            lowest = Math.Min(lowest, value);
            var slope = highest - value;
            if (i < 0 || slope <= 0)
            {
                continue;
            }

            var curvature = kernel[(i * n) + i] + kernel[(k * n) + k] - (2.0 * kernel[(i * n) + k]);
            var promise = slope * slope / Math.Max(curvature, LeastCurvature);
            if (promise > gain)
            {
                (gain, j) = (promise, k);
            }
        }

        return highest - lowest < Tolerance ? (i, -1) : (i, j);
    }
}
