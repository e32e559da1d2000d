using SegLstm.Experiments.Hyperspectral.Svm;
using SegLstm.Tests.Experiments.Hyperspectral.Forest;

namespace SegLstm.Tests.Experiments.Hyperspectral.Svm;

public sealed class KernelSvmTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    public void The_solution_meets_the_conditions_of_the_optimum(double cost)
    {
        var (features, labels) = RandomForestTests.Rings(80, seed: 5);
        // Some labels are wrong, so that multipliers reach their bound.
        sbyte[] signs = [.. labels.Select((label, i) => (sbyte)((label == 0) == (i % 11 != 0) ? 1 : -1))];
        var n = signs.Length;
        var kernel = new float[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var (x, y) = (features[2 * i] - features[2 * j], features[(2 * i) + 1] - features[(2 * j) + 1]);
                kernel[(i * n) + j] = (float)Math.Exp(-2 * ((x * x) + (y * y)));
            }
        }

        var (alpha, offset) = MarginSolver.Solve(kernel, signs, cost);
        Assert.Equal(0, Enumerable.Range(0, n).Sum(i => alpha[i] * signs[i]), 1e-9 * cost * n);
        Assert.Contains(alpha, multiplier => multiplier == cost);
        for (var i = 0; i < n; i++)
        {
            var margin = signs[i] * (offset + Enumerable.Range(0, n).Sum(j => alpha[j] * signs[j] * kernel[(i * n) + j]));
            Assert.InRange(alpha[i], 0, cost);
            // Right of the margin: no multiplier; on the wrong side: all of it; in between: on the margin.
            Assert.True(alpha[i] < cost || margin <= 1 + MarginSolver.Tolerance, $"{i}: {alpha[i]}, {margin}");
            Assert.True(alpha[i] > 0 || margin >= 1 - MarginSolver.Tolerance, $"{i}: {alpha[i]}, {margin}");
            Assert.True(alpha[i] == 0 || alpha[i] == cost || Math.Abs(margin - 1) <= MarginSolver.Tolerance, $"{i}: {margin}");
        }
    }

    [Fact]
    public void Two_points_have_the_margin_that_one_computes_by_hand()
    {
        // K = [[1, k], [k, 1]]: both multipliers are 1 / (1 - k), the offset 0.
        const double K = 0.25;
        var (alpha, offset) = MarginSolver.Solve([1, (float)K, (float)K, 1], [1, -1], 10);
        Assert.Equal(1 / (1 - K), alpha[0], 1e-9);
        Assert.Equal(alpha[0], alpha[1], 1e-12);
        Assert.Equal(0, offset, 1e-9);
    }

    [Fact]
    public void Rings_and_more_than_two_classes_are_told_apart()
    {
        var (features, labels) = RandomForestTests.Rings(300, seed: 6);
        // A third class: everything in the right half of the outer ring.
        int[] three = [.. labels.Select((label, i) => label == 1 && features[2 * i] > 0 ? 2 : label)];
        var svm = SvmGrid.Fit(features, 2, three, 4, seed: 1);
        var (asked, truth) = RandomForestTests.Rings(300, seed: 7);
        var right = Enumerable.Range(0, 300).Count(i =>
            svm.Classify(asked.AsSpan(2 * i, 2)) == (truth[i] == 1 && asked[2 * i] > 0 ? 2 : truth[i]));
        Assert.True(right > 280, $"{right} of 300");
    }

    [Fact]
    public void A_single_class_is_always_named_and_lengths_must_agree()
    {
        Assert.Equal(1, KernelSvm.Fit([1, 2], 1, [1, 1], 3, 1, 1).Classify([5]));
        Assert.Throws<ArgumentException>(() => KernelSvm.Fit([1], 1, [0, 1], 2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => KernelSvm.Fit([1, 2], 1, [0, 1], 2, 0, 1));
    }
}
