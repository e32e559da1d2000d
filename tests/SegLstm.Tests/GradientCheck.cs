using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests;

/// <summary>Compares gradients with central differences in double precision.</summary>
internal static class GradientCheck
{
    /// <summary>Fails unless autograd and central differences agree to 1e-6 + 1e-4·|g| at (up to) <paramref name="samples"/>
    /// entries of each leaf.</summary>
    public static void Run(Func<Tensor> loss, IEnumerable<(string Name, Tensor Leaf)> leaves, int samples = 6, double step = 1e-6)
    {
        var list = leaves.ToList();
        foreach (var (_, leaf) in list)
        {
            leaf.grad = null;
        }

        using (var scope = NewDisposeScope())
        {
            loss().backward();
        }

        foreach (var (name, leaf) in list)
        {
            Assert.True(leaf.grad is not null, $"{name} has no gradient");
            using var grad = leaf.grad!.flatten();
            using var no = no_grad();
            using var flat = leaf.detach().view(-1);
            var count = flat.shape[0];
            for (var k = 0; k < Math.Min(samples, count); k++)
            {
                // Spread over the tensor, without repeating a row.
                var at = k * count / Math.Min(samples, count);
                var kept = flat[at].item<double>();
                var up = At(kept + step);
                var down = At(kept - step);
                At(kept);
                var numeric = (up - down) / (2 * step);
                var analytic = grad[at].item<double>();
                Assert.True(
                    Math.Abs(numeric - analytic) <= 1e-6 + (1e-4 * Math.Abs(analytic)),
                    $"{name}[{at}]: autograd {analytic:g9}, central difference {numeric:g9}");

                double At(double value)
                {
                    using var scope = NewDisposeScope();
                    flat[at] = tensor(value, dtype: ScalarType.Float64);
                    return loss().item<double>();
                }
            }
        }
    }

    /// <summary>Fails unless autograd and central differences agree to 1e-6 + 1e-4 · (sum of |g·d|) along a random direction d in
    /// each leaf: all of its entries take part, for the price of two evaluations. The
    /// step is short: a ReLU of many that changes its side within it shows in the difference.</summary>
    public static void AlongDirections(Func<Tensor> loss, IEnumerable<(string Name, Tensor Leaf)> leaves, double step = 1e-7)
    {
        var list = leaves.ToList();
        using (NewDisposeScope())
        {
            loss().backward();
        }

        using var no = no_grad();
        foreach (var (name, leaf) in list)
        {
            using var scope = NewDisposeScope();
            Assert.True(leaf.grad is not null, $"{name} has no gradient");
            var direction = randn_like(leaf);
            var products = leaf.grad! * direction;
            var (analytic, scale) = (products.sum().item<double>(), products.abs().sum().item<double>());
            var kept = leaf.clone();
            var up = At(step);
            var down = At(-step);
            leaf.detach().copy_(kept);
            var numeric = (up - down) / (2 * step);
            Assert.True(
                Math.Abs(numeric - analytic) <= 1e-6 + (1e-4 * scale),
                $"{name}: autograd {analytic:g9}, central difference {numeric:g9} along a random direction");

            double At(double distance)
            {
                using var inner = NewDisposeScope();
                leaf.detach().copy_(kept + (distance * direction));
                return loss().item<double>();
            }
        }
    }
}
