using SegLstm.Experiments;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Experiments;

public class NearestNeighbourBaselineTests
{
    [Fact]
    public void Bands_of_any_scale_weigh_alike()
    {
        // The first band tells the classes apart, the second is noise a thousand times as large.
        manual_seed(1);
        using var scope = NewDisposeScope();
        Tensor truth = (arange(0, 40).remainder(2)).unsqueeze(0).expand(40, 40).contiguous();
        Tensor image = stack([truth.to_type(ScalarType.Float32) + 0.05 * randn(40, 40), 1000 * randn(40, 40)]);
        (Tensor train, Tensor test) = Halves(truth);
        var result = new NearestNeighbourBaseline(9).Evaluate(image, train, test, 2);
        Assert.Equal("9 nearest neighbours", result.Name);
        Assert.True(result.Matrix.Scores.OverallAccuracy > 0.97, $"{result.Matrix.Scores.OverallAccuracy}");
    }

    [Fact]
    public void A_neighbourhood_sees_what_a_pixel_cannot()
    {
        // Vertical and horizontal stripes have the same pixels; only their surroundings differ.
        using var scope = NewDisposeScope();
        Tensor rows = arange(0, 48).remainder(2).unsqueeze(1).expand(48, 48), columns = rows.transpose(0, 1);
        Tensor truth = (arange(0, 48).div(12, RoundingMode.floor).remainder(2)).to_type(ScalarType.Int64).unsqueeze(0)
            .expand(48, 48).contiguous();
        Tensor image = where(truth.eq(0), rows, columns).to_type(ScalarType.Float32).unsqueeze(0);
        (Tensor train, Tensor test) = Halves(truth);
        double alone = new NearestNeighbourBaseline(5).Evaluate(image, train, test, 2).Matrix.Scores.OverallAccuracy;
        var surrounded = new NearestNeighbourBaseline(5, 3).Evaluate(image, train, test, 2);
        Assert.Equal("5 nearest neighbours, 3x3 pixels", surrounded.Name);
        Assert.True(alone < 0.7);
        Assert.True(surrounded.Matrix.Scores.OverallAccuracy > 0.85);
    }

    [Fact]
    public void A_pixel_in_both_splits_is_refused_with_its_place()
    {
        using var scope = NewDisposeScope();
        Tensor train = full(4, 5, 255L, dtype: ScalarType.Int64), test = train.clone();
        train[2, 3] = 0L;
        test[2, 3] = 0L;
        var error = Assert.Throws<ArgumentException>(
            () => new NearestNeighbourBaseline().Evaluate(zeros(1, 4, 5), train, test, 1));
        Assert.Contains("column 3, row 2", error.Message);
    }

    [Fact]
    public void The_majority_baseline_reaches_the_share_of_the_training_majority_among_held_out_pixels()
    {
        using var scope = NewDisposeScope();
        Tensor train = tensor(new long[] { 1, 1, 0, 255, 255, 255 }).view(2, 3),
            test = tensor(new long[] { 255, 255, 255, 1, 0, 0 }).view(2, 3);
        Assert.Equal(1.0 / 3, MajorityBaseline.Evaluate(train, test, 2).Matrix.Scores.OverallAccuracy, 1e-12);
    }

    // The upper half trains, the lower is held out.
    private static (Tensor Train, Tensor Test) Halves(Tensor truth)
    {
        long half = truth.shape[0] / 2;
        Tensor train = truth.to_type(ScalarType.Int64).clone(), test = train.clone();
        train.narrow(0, half, half).fill_(255);
        test.narrow(0, 0, half).fill_(255);
        return (train, test);
    }
}
