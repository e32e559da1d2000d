using SegLstm.Pretraining.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

public class CollapseGuardTests
{
    private static readonly CollapseGuard Guard = new();

    [Fact]
    public void Spread_features_pass()
    {
        using var scope = NewDisposeScope();
        Assert.Null(Guard.Complaint(Points.Normal(100, 64, 1)));
        Assert.Null(Guard.Complaint(Points.Normal(100, 64, 1) * 1e-6));
        Assert.Null(Guard.Complaint(Points.Clusters(90, 16, 3, 8, 2).Features));
    }

    [Fact]
    public void Features_that_are_all_alike_or_zero_do_not()
    {
        using var scope = NewDisposeScope();
        Tensor alike = Points.Normal(1, 64, 1) + 1e-3 * Points.Normal(100, 64, 2);
        Assert.Contains("100 items have almost the same features (spread 0.00", Guard.Complaint(alike));
        Assert.Contains("features of item 2 are 0", Guard.Complaint(Points.Of([1, 2], [2, 1], [0, 0])));
    }

    [Fact]
    public void Features_on_one_direction_do_not()
    {
        using var scope = NewDisposeScope();
        Tensor line = Points.Normal(100, 1, 1).matmul(Points.Normal(1, 64, 2)) + 1e-3 * Points.Normal(100, 64, 3);
        string? complaint = Guard.Complaint(line);
        Assert.Contains("use 1.", complaint);
        Assert.Contains("of 64 directions, expected at least 2", complaint);
        Assert.Null(new CollapseGuard(LeastRank: 1).Complaint(line));
    }
}
