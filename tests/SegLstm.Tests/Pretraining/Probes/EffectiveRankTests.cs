using SegLstm.Pretraining.Probes;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

public class EffectiveRankTests
{
    [Fact]
    public void Collapsed_features_have_rank_1_and_none_of_their_own()
    {
        using var scope = NewDisposeScope();
        Tensor alike = Points.Normal(1, 12, 3).expand(40, 12);
        Assert.Equal(1, EffectiveRank.Of(alike), 1e-9);
        Assert.Equal(0, EffectiveRank.Of(alike, centred: true), 1e-9);
        Assert.Equal(0, EffectiveRank.Of(zeros(4, 3)));
        // Multiples of one direction.
        Assert.Equal(1, EffectiveRank.Of(Points.Normal(40, 1, 1).matmul(Points.Normal(1, 12, 3)), centred: true), 1e-9);
    }

    [Fact]
    public void Orthogonal_directions_count_by_their_singular_values()
    {
        using var scope = NewDisposeScope();
        Assert.Equal(5, EffectiveRank.Of(eye(5, dtype: ScalarType.Float64) * 3), 1e-12);
        // Singular values 3 and 1: shares 0.75 and 0.25.
        Assert.Equal(Math.Exp(-0.75 * Math.Log(0.75) - 0.25 * Math.Log(0.25)), EffectiveRank.Of(Points.Of([3, 0], [0, 1], [0, 0])), 1e-12);
    }

    [Fact]
    public void A_turn_or_a_scale_changes_nothing_and_a_common_part_only_hides_without_centring()
    {
        using var scope = NewDisposeScope();
        Tensor features = Points.Normal(200, 8, 5);
        var (turn, _, _) = linalg.svd(Points.Normal(8, 8, 6));
        double rank = EffectiveRank.Of(features);
        Assert.InRange(rank, 7.5, 8);
        Assert.Equal(rank, EffectiveRank.Of(features.matmul(turn) * 1e-3), 1e-9);
        Assert.InRange(EffectiveRank.Of(features + 1000), 1, 1.2);
        Assert.Equal(EffectiveRank.Of(features, centred: true), EffectiveRank.Of(features + 1000, centred: true), 1e-9);
    }
}
