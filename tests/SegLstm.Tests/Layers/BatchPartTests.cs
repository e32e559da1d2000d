using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Layers;

public class BatchPartTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_drop_what_the_whole_batch_does(bool channels)
    {
        using var scope = NewDisposeScope();
        Tensor x = randn(5, 3, 4, 4) + 10;
        AssertSame(x, part => BatchPart.Drop(part, 0.4, channels));
    }

    [Fact]
    public void Parts_lose_the_branches_that_the_whole_batch_does()
    {
        using var scope = NewDisposeScope();
        using var depth = new StochasticDepth(0.5);
        depth.train();
        AssertSame(randn(5, 3, 4) + 10, depth.call);
    }

    // With many samples a random choice of them runs the branch, with few each is masked.
    [Theory]
    [InlineData(5, false)]
    [InlineData(5, true)]
    [InlineData(20, false)]
    public void Parts_skip_the_samples_that_the_whole_batch_does(int samples, bool alwaysSkipWork)
    {
        using var scope = NewDisposeScope();
        using var path = new DropPath(0.4, alwaysSkipWork);
        path.train();
        AssertSame(randn(samples, 3) + 10, part => path.call(part, branch => branch * 3));
    }

    [Fact]
    public void A_part_of_which_no_sample_is_chosen_stays_as_it_is()
    {
        using var scope = NewDisposeScope();
        using var path = new DropPath(0.9, alwaysSkipWork: true);
        path.train();
        AssertSame(randn(4, 3) + 10, part => path.call(part, branch => branch * 3));
    }

    private static void AssertSame(Tensor x, Func<Tensor, Tensor> layer)
    {
        manual_seed(4);
        Tensor whole = layer(x);
        long total = x.shape[0];
        Tensor[] parts = [.. new (long First, long Count)[] { (0, total / 2), (total / 2, total - total / 2) }.Select(rows =>
        {
            using IDisposable part = BatchPart.Begin(rows.First, rows.Count, total);
            manual_seed(4);
            return layer(x.narrow(0, rows.First, rows.Count));
        })];
        Assert.True(whole.eq(cat(parts)).all().item<bool>());
        Assert.False(whole.eq(x).all().item<bool>());
    }
}
