using MathNet.Numerics;
using SegLstm.Pretraining.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

public class HypersphereTests
{
    [Fact]
    public void Alignment_is_0_for_equal_2_for_orthogonal_and_4_for_opposite_directions()
    {
        using var scope = NewDisposeScope();
        Tensor one = Points.Of([3, 0], [0, 0.1]);
        Assert.Equal(0, Hypersphere.Alignment(one, one * 7), 1e-15);
        Assert.Equal(2, Hypersphere.Alignment(one, Points.Of([0, 1], [5, 0])), 1e-15);
        Assert.Equal(4, Hypersphere.Alignment(one, -one), 1e-15);
        Assert.Equal(Math.Sqrt(2), Hypersphere.Alignment(one, Points.Of([0, 1], [5, 0]), alpha: 1), 1e-15);
        Assert.Equal(1, Hypersphere.Alignment(one, Points.Of([1, 0], [5, 0])), 1e-15);
    }

    [Fact]
    public void Uniformity_of_equal_items_is_0_and_of_a_simplex_worked_out_by_hand()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0, Hypersphere.Uniformity(ones(5, 3, ScalarType.Float64)), 1e-15);
        // Unit vectors along axes are sqrt(2) apart: log exp(-2 * 2).
        Assert.Equal(-4, Hypersphere.Uniformity(eye(6, dtype: ScalarType.Float64) * 9), 1e-14);
        Assert.Equal(-8, Hypersphere.Uniformity(Points.Of([1, 0], [-1, 0])), 1e-14);
    }

    [Fact]
    public void Uniformity_of_points_spread_evenly_on_a_circle_is_the_Bessel_function_of_it()
    {
        // The mean over the circle of exp(-t (2 - 2 cos a)) is exp(-2 t) I0(2 t); n points have themselves among n pairs.
        using var scope = NewDisposeScope();
        const int n = 400;
        using Tensor circle = Points.Of([.. Enumerable.Range(0, n).Select(i => new[] { Math.Cos(Math.Tau * i / n), Math.Sin(Math.Tau * i / n) })]);
        foreach (double t in new[] { 0.5, 2, 3 })
        {
            double mean = Math.Exp(-2 * t) * SpecialFunctions.BesselI0(2 * t);
            Assert.Equal(Math.Log((n * mean - 1) / (n - 1)), Hypersphere.Uniformity(circle, t), 1e-7);
        }
    }

    [Fact]
    public void Points_spread_over_a_sphere_are_more_uniform_than_points_on_a_cap()
    {
        using var scope = NewDisposeScope();
        Tensor sphere = Points.Normal(300, 16, 1);
        Tensor cap = sphere + 3 * ones(16, dtype: ScalarType.Float64);
        // In many dimensions almost all pairs are sqrt(2) apart.
        Assert.InRange(Hypersphere.Uniformity(sphere), -4, -3.4);
        Assert.True(Hypersphere.Uniformity(cap) > -1);
    }

    [Fact]
    public void Features_that_have_no_direction_or_do_not_belong_together_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Contains("features of item 1 are all 0", Message(() => Hypersphere.Uniformity(Points.Of([1, 0], [0, 0]))));
        Assert.Contains("Item 1 has NaN in dimension 0", Message(() => Hypersphere.Uniformity(Points.Of([1, 0], [double.NaN, 0]))));
        Assert.Contains("the same items", Message(() => Hypersphere.Alignment(ones(2, 3), ones(3, 3))));
        Assert.Contains("take the mean over the last two", Message(() => Hypersphere.Uniformity(ones(2, 3, 4, 4))));
        Assert.Contains("at least 2", Message(() => Hypersphere.Uniformity(ones(1, 3))));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hypersphere.Uniformity(ones(2, 3), t: 0));

        static string Message(Action act) => Assert.Throws<ArgumentException>(act).Message;
    }
}
