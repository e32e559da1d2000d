using SegLstm.Pretraining.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

/// <summary>The two probes of classes: neighbours and a linear map.</summary>
public class ClassProbeTests
{
    [Fact]
    public void Separable_clusters_are_told_apart_and_noise_is_not()
    {
        using var scope = NewDisposeScope();
        LabelledFeatures train = Clusters(6, 1), test = Clusters(6, 2);
        Assert.True(new NeighbourProbe(20).Evaluate(train, test).Scores.OverallAccuracy > 0.98);
        Assert.True(new LinearProbe().Evaluate(train, test).Scores.OverallAccuracy > 0.98);
        LabelledFeatures nothing = Clusters(0, 3), asked = Clusters(0, 4);
        Assert.InRange(new NeighbourProbe(20).Evaluate(nothing, asked).Scores.OverallAccuracy, 0.2, 0.47);
        Assert.InRange(new LinearProbe().Evaluate(nothing, asked).Scores.OverallAccuracy, 0.2, 0.47);

        static LabelledFeatures Clusters(double distance, int seed)
        {
            var (features, labels) = Points.Clusters(150, 10, 3, distance, seed);
            return new LabelledFeatures(features, labels, 3);
        }
    }

    [Fact]
    public void Votes_are_weighed_by_similarity_over_temperature()
    {
        // One voter of class 0 at similarity 1, two of class 1 at 0.8: exp(0.2 / T) against 2, equal at T = 0.2885.
        using var scope = NewDisposeScope();
        LabelledFeatures train = new(Points.Of([1, 0], [0.8, 0.6], [0.8, -0.6]), [0, 1, 1], 2), test = new(Points.Of([1.0, 0]), [0], 2);
        Assert.Equal(1, new NeighbourProbe(3, 0.28).Evaluate(train, test).Hits(0));
        Assert.Equal(0, new NeighbourProbe(3, 0.3).Evaluate(train, test).Hits(0));
        Assert.Equal(1, new NeighbourProbe(1, 0.3).Evaluate(train, test).Hits(0));
        Assert.Equal(1, new NeighbourProbe(200, 1e-4).Evaluate(train, test).Hits(0));
    }

    [Fact]
    public void Length_and_scale_of_features_change_nothing()
    {
        using var scope = NewDisposeScope();
        var (features, labels) = Points.Clusters(120, 8, 4, 1.5, 1);
        var (asked, truth) = Points.Clusters(120, 8, 4, 1.5, 2);
        LabelledFeatures train = new(features, labels, 4), test = new(asked, truth, 4);
        LabelledFeatures large = new(features * 1e4, labels, 4), largeTest = new(asked * 1e4, truth, 4);
        Assert.Equal(new NeighbourProbe(9).Evaluate(train, test).ToArray(), new NeighbourProbe(9).Evaluate(large, test).ToArray());
        Assert.Equal(new LinearProbe().Evaluate(train, test).ToArray(), new LinearProbe().Evaluate(large, largeTest).ToArray());
    }

    [Fact]
    public void The_linear_probe_is_ridge_regression_worked_out_by_hand()
    {
        // Four items at -1 and 1, standardised already: w = cov(x, y) / (1 + penalty) = +-0.5 / (1 + penalty), offset 0.5.
        // Class 1 wins where 0.5 + x / (2 + 2 penalty) > 0.5: at every positive x, however great the penalty.
        using var scope = NewDisposeScope();
        LabelledFeatures train = new(Points.Of([-1], [1], [-1], [1]), [0, 1, 0, 1], 2), test = new(Points.Of([-0.01], [0.01], [9]), [0, 1, 1], 2);
        foreach (double penalty in new[] { 1e-6, 0.01, 100 }) Assert.Equal(1, new LinearProbe(penalty).Evaluate(train, test).Scores.OverallAccuracy);
        // Three of class 1 at 1 and one of class 0 at -1: mean 0.5, deviation 0.866. At x = 0 the two numbers are
        // offset 0.75 + w z for class 1 and 0.25 - w z for class 0 with z = -0.577, w = 0.433 / (1 + penalty): 0.5 each without a penalty.
        LabelledFeatures uneven = new(Points.Of([-1], [1], [1], [1]), [0, 1, 1, 1], 2), middle = new(Points.Of([-0.1], [0.1]), [0, 1], 2);
        Assert.Equal(1, new LinearProbe(1e-9).Evaluate(uneven, middle).Scores.OverallAccuracy);
        Assert.Equal(0.5, new LinearProbe(1).Evaluate(uneven, middle).Scores.OverallAccuracy);
    }

    [Fact]
    public void More_dimensions_than_items_and_constant_ones_do_no_harm()
    {
        using var scope = NewDisposeScope();
        var (features, labels) = Points.Clusters(20, 60, 2, 8, 1);
        var (asked, truth) = Points.Clusters(40, 60, 2, 8, 2);
        long[,] plain = Count(features, asked), constant = Count(
            cat([features, ones(20, 1, ScalarType.Float64) * 1e6], 1), cat([asked, ones(40, 1, ScalarType.Float64) * 1e6], 1));
        Assert.Equal(plain, constant);
        Assert.True(plain[0, 0] + plain[1, 1] > 32, $"{plain[0, 0]} and {plain[1, 1]} of 20 each are right");

        long[,] Count(Tensor learnt, Tensor tested) =>
            new LinearProbe().Evaluate(new(learnt, labels, 2), new(tested, truth, 2)).ToArray();
    }

    [Fact]
    public void Sets_of_other_encoders_and_parameters_that_make_no_sense_are_refused()
    {
        using var scope = NewDisposeScope();
        LabelledFeatures one = new(ones(2, 3), [0, 1], 2), other = new(ones(2, 4), [0, 1], 2);
        Assert.Contains("features of one encoder", Assert.Throws<ArgumentException>(() => new LinearProbe().Evaluate(one, other)).Message);
        Assert.Contains("Neighbours is 0", Assert.Throws<ArgumentException>(() => new NeighbourProbe(0).Evaluate(one, one)).Message);
        Assert.Contains("Penalty is 0", Assert.Throws<ArgumentException>(() => new LinearProbe(0).Evaluate(one, one)).Message);
    }
}
