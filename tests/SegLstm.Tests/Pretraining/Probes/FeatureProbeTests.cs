using SegLstm.Pretraining.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

public sealed class FeatureProbeTests
{
    // Tiles are one pixel: their features are their values.
    private static Tensor Same(Tensor images) => images;

    [Fact]
    public void Measures_what_the_single_measures_give()
    {
        using var scope = NewDisposeScope();
        Tensor first = Points.Normal(70, 6, 1), second = first + 0.1 * Points.Normal(70, 6, 2);
        using var probe = new FeatureProbe(Image(first), Image(second));

        FeatureReport report = probe.Measure(Same);

        Assert.Equal(Hypersphere.Alignment(first, second), report.Alignment, 1e-12);
        Assert.Equal(Hypersphere.Uniformity(first), report.Uniformity, 1e-12);
        Assert.Equal(EffectiveRank.Of(first, centred: true), report.Rank, 1e-12);
        Assert.Equal((null, null), (report.NeighbourAccuracy, report.Complaint));
    }

    [Fact]
    public void Labelled_tiles_vote_on_others()
    {
        using var scope = NewDisposeScope();
        Tensor views = Points.Normal(9, 2, 1);
        using var probe = new FeatureProbe(Image(views), Image(views))
        {
            Voters = new Pixels([(1, 0, 0), (1, 0.1f, 0), (0, 1, 1), (0.1f, 1, 1)]),
            Asked = new Pixels([(1, 0.2f, 0), (0.3f, 1, 1), (0.2f, 1, 0), (1, 0.1f, 0)]),
            Classes = 2,
            Vote = new NeighbourProbe(2),
            Guard = new CollapseGuard(LeastRank: 1),
        };

        Assert.Equal(0.75, probe.Measure(Same).NeighbourAccuracy);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void Collapsed_features_are_told_and_not_measured_further(double value)
    {
        using var scope = NewDisposeScope();
        using var probe = new FeatureProbe(full([9, 4, 1, 1], value), full([9, 4, 1, 1], value))
        {
            Voters = new Pixels([]), Asked = new Pixels([]), Classes = 2,
        };

        FeatureReport report = probe.Measure(Same);

        Assert.StartsWith("Collapsed: ", report.Complaint);
        Assert.Equal((0, null), (report.Rank, report.NeighbourAccuracy));
    }

    private static Tensor Image(Tensor rows) => rows.unsqueeze(2).unsqueeze(3).clone().DetachFromDisposeScope();

    /// <summary>Tiles of one pixel and two bands.</summary>
    private sealed class Pixels((float X, float Y, long Label)[] items) : utils.data.Dataset
    {
        public override long Count => items.Length;

        public override Dictionary<string, Tensor> GetTensor(long index) => new()
        {
            ["image"] = tensor(new[] { items[index].X, items[index].Y }).view(2, 1, 1),
            ["label"] = tensor(new[] { items[index].Label }).view(1, 1),
        };
    }
}
