using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests;

/// <summary>Comparisons of tensors by the largest difference over the largest magnitude.</summary>
internal static class Close
{
    /// <summary><c>max|a-b| / max|b|</c>; infinite where a shape differs or a value is not finite.</summary>
    public static double Error(Tensor a, Tensor b)
    {
        Assert.Equal(b.shape, a.shape);
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var (x, y) = (a.to(ScalarType.Float64), b.to(ScalarType.Float64));
        if (!x.isfinite().all().item<bool>() || !y.isfinite().all().item<bool>())
        {
            return double.PositiveInfinity;
        }

        var difference = (x - y).abs().max().item<double>();
        var scale = y.abs().max().item<double>();
        return difference == 0 ? 0 : difference / scale;
    }

    /// <summary>Fails unless <see cref="Error"/> is at most the tolerance.</summary>
    public static void Within(Tensor a, Tensor b, double tolerance, string what)
    {
        var error = Error(a, b);
        Assert.True(error <= tolerance, $"{what}: relative difference {error:e2}, allowed {tolerance:e0}");
    }

    /// <summary>Fails unless every value is finite.</summary>
    public static void Finite(Tensor x, string what) => Assert.True(x.isfinite().all().item<bool>(), $"{what} is not finite");
}
