using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Parity;

/// <summary>How far a computed tensor is from the golden one.</summary>
/// <param name="Tensor">The golden tensor's key.</param>
/// <param name="Error">max|a-b| / max|b|; max|a-b| where b is 0 everywhere.</param>
/// <param name="Exhaustion">Share of the allowed deviation that is used up: above 1 fails.</param>
/// <param name="Problem">What is wrong, in words; null if nothing is.</param>
public sealed record Deviation(string Tensor, double Error, double Exhaustion, string? Problem)
{
    /// <summary>Compares two tensors. NaN equals NaN and an infinity itself, and nothing else does; integers must be equal.</summary>
    /// <param name="key">The golden tensor's key.</param>
    /// <param name="got">What was computed; null: nothing was.</param>
    /// <param name="expected">The golden tensor.</param>
    /// <param name="limit">The allowed deviation.</param>
    public static Deviation Measure(string key, Tensor? got, Tensor expected, Limit limit)
    {
        if (got is null)
        {
            return Failed(key, $"{key} was not computed");
        }

        // A loss is a scalar to us and a list of one in many files.
        var scalars = got.numel() == 1 && expected.numel() == 1 && got.dim() <= 1 && expected.dim() <= 1;
        if (!scalars && !got.shape.SequenceEqual(expected.shape))
        {
            return Failed(key, $"{key}: expected shape [{string.Join(", ", expected.shape)}], got [{string.Join(", ", got.shape)}]");
        }

        var exact = !expected.is_floating_point();
        return Measure(key, Values(got), Values(expected), expected.shape, exact ? new Limit(null, 0, 0) : limit);
    }

    private static Deviation Measure(string key, double[] got, double[] expected, long[] shape, Limit limit)
    {
        var largest = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        double difference = 0, exhaustion = 0;
        var worst = -1;
        for (var i = 0; i < expected.Length; i++)
        {
            var apart = Apart(got[i], expected[i]);
            var allowed = limit.OfMaximum is { } fraction ? fraction * (largest > 0 ? largest : 1) : limit.Absolute + (limit.Relative * Math.Abs(expected[i]));
            var used = apart == 0 ? 0 : double.IsFinite(apart) ? apart / allowed : double.PositiveInfinity;
            difference = Math.Max(difference, apart);
            if (used > exhaustion)
            {
                (exhaustion, worst) = (used, i);
            }
        }

        var error = difference / (largest > 0 ? largest : 1);
        var problem = exhaustion <= 1 ? null
            : $"{key}: relative error {error:0.0e+00}, allowed {(limit is { Relative: 0, Absolute: 0, OfMaximum: null } ? "none (integers)" : limit)}; at [{string.Join(", ", Place(worst, shape))}] expected {expected[worst]:G9}, got {got[worst]:G9}{Missteps(got, expected)}";
        return new Deviation(key, error, exhaustion, problem);
    }

    private static Deviation Failed(string key, string problem) => new(key, double.PositiveInfinity, double.PositiveInfinity, problem);

    private static double Apart(double got, double expected) =>
        got.Equals(expected) ? 0
        : double.IsFinite(got) && double.IsFinite(expected) ? Math.Abs(got - expected)
        : double.PositiveInfinity;

    private static string Missteps(double[] got, double[] expected)
    {
        var odd = got.Zip(expected).Count(pair => double.IsNaN(pair.First) && !double.IsNaN(pair.Second));
        return odd > 0 ? $" ({odd} of {got.Length} elements are NaN where the golden ones are numbers)" : "";
    }

    private static long[] Place(int index, long[] shape)
    {
        var place = new long[shape.Length];
        long rest = index;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            (rest, place[dimension]) = Math.DivRem(rest, shape[dimension]);
        }

        return place;
    }

    private static double[] Values(Tensor tensor)
    {
        using var values = tensor.detach().to_type(ScalarType.Float64).cpu().contiguous();
        return values.data<double>().ToArray();
    }
}
