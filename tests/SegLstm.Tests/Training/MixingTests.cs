using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public sealed class MixingTests
{
    [Fact]
    public void Mixup_mixes_pixels_and_targets_by_one_share_with_the_batch_turned_round()
    {
        using var scope = NewDisposeScope();
        (Tensor image, Tensor label) = Batch();
        double[] shares = [.. Enumerable.Range(0, 300).Select(seed =>
        {
            using var inner = NewDisposeScope();
            (Tensor mixed, Tensor target) = new Mixing { CutmixShare = 0 }.Apply(image, label, 5, new Random(seed));
            double share = target[0, 0].item<float>();
            Assert.True(mixed.allclose(image * share + image.flip(0) * (1 - share), 1e-5, 1e-5));
            Tensor hot = nn.functional.one_hot(label, 5).to(ScalarType.Float32);
            Assert.True(target.allclose(hot * share + hot.flip(0) * (1 - share)));
            return share;
        })];
        // Beta(0.8, 0.8) has mean 1/2 and variance 1 / (4 (2 * 0.8 + 1)).
        Assert.InRange(shares.Average(), 0.44, 0.56);
        Assert.InRange(shares.Select(share => (share - 0.5) * (share - 0.5)).Average(), 0.075, 0.118);
    }

    [Fact]
    public void Cutmix_takes_a_rectangle_and_targets_by_the_area_that_it_has()
    {
        using var scope = NewDisposeScope();
        (Tensor image, Tensor label) = Batch();
        bool isWhole = false, isPart = false;
        for (int seed = 0; seed < 200; seed++)
        {
            using var inner = NewDisposeScope();
            (Tensor mixed, Tensor target) = new Mixing { CutmixShare = 1 }.Apply(image, label, 5, new Random(seed));
            Tensor taken = mixed.ne(image).any(1);
            Assert.True(where(taken.unsqueeze(1), image.flip(0), image).equal(mixed).all().item<bool>());
            double share = taken[0].to(ScalarType.Float32).mean().item<float>();
            Assert.Equal(1 - share, target[0, 0].item<float>(), 1e-5);
            // A rectangle: as large as its rows times its columns.
            long rows = taken[0].any(1).sum().item<long>(), columns = taken[0].any(0).sum().item<long>();
            Assert.Equal(rows * columns, taken[0].sum().item<long>());
            isWhole |= share == 0;
            isPart |= share is > 0.2 and < 0.8;
        }

        Assert.True(isWhole && isPart);
    }

    [Fact]
    public void The_same_numbers_give_the_same_batch_each_kind_comes_as_often_as_is_said_and_targets_sum_to_one()
    {
        using var scope = NewDisposeScope();
        (Tensor image, Tensor label) = Batch();
        int cuts = 0;
        for (int seed = 0; seed < 300; seed++)
        {
            using var inner = NewDisposeScope();
            (Tensor mixed, Tensor target) = new Mixing().Apply(image, label, 5, new Random(seed));
            (Tensor again, _) = new Mixing().Apply(image, label, 5, new Random(seed));
            Assert.True(mixed.equal(again).all().item<bool>());
            Assert.True(target.sum(1).allclose(ones(4)));
            // Pixels of one of both pictures are left only where a rectangle was cut.
            if (mixed.eq(image).logical_or(mixed.eq(image.flip(0))).all().item<bool>()) cuts++;
        }

        Assert.InRange(cuts, 115, 185);
        (_, Tensor unlabelled) = new Mixing { CutmixShare = 0 }.Apply(image, tensor(new long[] { -1, 1, 2, -1 }), 5, new Random(1));
        Assert.Equal(0, unlabelled[0].sum().item<float>());
        Assert.Equal(3, new Mixing { MixupAlpha = 0, CutmixAlpha = 5, CutmixShare = 2 }.Validate().Count());
    }

    private static (Tensor Image, Tensor Label) Batch()
    {
        manual_seed(3);
        return (randn(4, 3, 8, 10), tensor(new long[] { 0, 1, 2, 3 }));
    }
}
