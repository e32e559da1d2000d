using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Layers;

public sealed class DropPathTests
{
    [Fact]
    public void Evaluation_keeps_every_branch()
    {
        using var scope = NewDisposeScope();
        var layer = new DropPath(0.5);
        layer.eval();
        Assert.Equal(3, layer.forward(ones([4, 2]), x => x * 2).mean().item<float>());
    }

    [Fact]
    public void A_batch_that_divides_well_runs_the_branch_on_the_kept_samples_only()
    {
        using var scope = NewDisposeScope();
        var layer = new DropPath(0.25);
        layer.train();
        long ran = 0;
        var y = layer.forward(ones([8, 3]), x =>
        {
            ran = x.shape[0];
            return x;
        });
        Assert.Equal(6, ran);
        var values = y.select(1, 0).data<float>().ToArray();
        Assert.Equal(6, values.Count(v => Math.Abs(v - (1 + (8.0 / 6))) < 1e-6));
        Assert.Equal(2, values.Count(v => v == 1));
    }

    [Fact]
    public void A_small_batch_runs_whole_and_is_masked_sample_by_sample()
    {
        using var scope = NewDisposeScope();
        manual_seed(3);
        var layer = new DropPath(0.05);
        layer.train();
        double sum = 0;
        for (var k = 0; k < 400; k++)
        {
            using var step = NewDisposeScope();
            var y = layer.forward(zeros([2, 1, 1]), x =>
            {
                Assert.Equal(2, x.shape[0]);
                return x + 1;
            });
            foreach (var value in y.flatten().data<float>().ToArray())
            {
                Assert.True(value == 0 || Math.Abs(value - (1 / 0.95)) < 1e-6, $"{value}");
                sum += value;
            }
        }

        Assert.InRange(sum / 800, 0.97, 1.03);
    }

    [Fact]
    public void Without_the_fallback_a_small_batch_still_skips_work()
    {
        using var scope = NewDisposeScope();
        var layer = new DropPath(0.05, alwaysSkipWork: true);
        layer.train();
        long ran = 0;
        layer.forward(ones([2, 3]), x =>
        {
            ran = x.shape[0];
            return x;
        });
        Assert.Equal(1, ran);
    }

    [Fact]
    public void A_rate_outside_the_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DropPath(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DropPath(-0.1));
    }
}
