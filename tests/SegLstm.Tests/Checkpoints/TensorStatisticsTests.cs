using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Checkpoints;

public class TensorStatisticsTests
{
    [Fact]
    public void Pieces_add_up_to_what_the_whole_gives()
    {
        using var scope = NewDisposeScope();
        var values = randn(3, 1_000_003, dtype: ScalarType.Float64) + 1000;
        var found = TensorStatistics.Of(values);
        Assert.Equal(values.mean().item<double>(), found.Mean, 1e-9);
        Assert.Equal(values.std(unbiased: false).item<double>(), found.StandardDeviation, 1e-9);
        Assert.Equal(values.min().item<double>(), found.Minimum);
        Assert.Equal(values.max().item<double>(), found.Maximum);
        Assert.Equal(0, found.NotFinite);
    }

    [Fact]
    public void What_is_not_finite_is_counted_and_left_out()
    {
        using var scope = NewDisposeScope();
        var found = TensorStatistics.Of(tensor(new[] { 1f, float.NaN, 3f, float.PositiveInfinity }));
        Assert.Equal(new TensorStatistics(1, 3, 2, 1, 2), found);
        Assert.Equal(2, TensorStatistics.Of(full(2, float.NaN)).NotFinite);
        Assert.True(double.IsNaN(TensorStatistics.Of(full(2, float.NaN)).Mean));
    }

    [Fact]
    public void Any_type_and_shape_has_them_also_expanded_ones()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(0.5, TensorStatistics.Of(tensor(new[] { true, false })).Mean);
        Assert.Equal(5, TensorStatistics.Of(tensor(7L)).Maximum - 2);
        Assert.Equal(5, TensorStatistics.Of(ones(1, dtype: ScalarType.ComplexFloat32).mul(5)).Mean);
        Assert.True(double.IsNaN(TensorStatistics.Of(zeros(0, 3)).Minimum));
        Assert.Equal(2, TensorStatistics.Of(full(1, 2f).expand(20_000_000)).Mean);
    }
}
