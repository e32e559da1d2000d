using SegLstm.Benchmarks;
using SegLstm.Benchmarks.Cases;

namespace SegLstm.Tests.Benchmarks;

public sealed class WorkTests
{
    // One core of an EPYC with AVX-512: 253 GFLOP/s, 0.091 ns an exp, 40 GB/s.
    private static readonly MachineLimits Limits = new(1, 512, 253, 0.091, [new(1, 40)]);

    [Fact]
    public void Multiply_adds_and_exps_take_turns_and_memory_works_beside_them()
    {
        var limits = new MachineLimits(1, 256, GigaFlops: 2, NanosecondsPerExp: 3, [new(1, 5)]);
        Assert.Equal((7, "FMA"), new Work(4, 1, 10).Bound(limits));
        Assert.Equal((10, "exp"), new Work(4, 2, 10).Bound(limits));
        Assert.Equal((20, "copy"), new Work(4, 2, 100).Bound(limits));
        Assert.Equal(new Work(14, 4, 120), (2 * new Work(4, 1, 10)) + new Work(6, 2, 100));
    }

    [Theory]
    [InlineData(1, "copy", 0.3, 0.6)]
    [InlineData(16, "exp", 1.8, 2.4)]
    [InlineData(64, "exp", 6.5, 9)]
    public void A_scan_is_bound_by_exponentials_unless_there_is_one_a_channel(int states, string limit, double least, double most)
    {
        var (nanoseconds, bound) = ScanWork.Forward(384, 1024, states).Bound(Limits);
        Assert.Equal(limit, bound);
        Assert.InRange(nanoseconds / (384 * 1024), least, most);
    }

    [Fact]
    public void Orders_read_and_write_the_same_tokens_once_and_exponentiate_in_each()
    {
        var (one, four) = (ScanWork.CrossForward(1, 96, 100, 1), ScanWork.CrossForward(4, 96, 100, 1));
        Assert.Equal(4 * one.Exps, four.Exps);
        Assert.Equal(4 * one.MultiplyAdds, four.MultiplyAdds);
        // Of u, y, Δ, B and C only the first two are shared.
        Assert.Equal(4 * (one.Bytes - (8 * 96 * 100)), four.Bytes - (8 * 96 * 100));
    }

    [Fact]
    public void An_mlstm_is_bound_by_multiplications()
    {
        var (nanoseconds, bound) = MlstmCases.Forward(4096, 96).Work.Bound(Limits);
        Assert.Equal("FMA", bound);
        // 50,467 FLOP a token and head by the formula of NX-AI, with whole squares.
        Assert.InRange(nanoseconds / (4 * 4096), 150, 210);
    }

    [Fact]
    public void The_backward_pass_of_a_scan_takes_up_to_three_times_as_long()
    {
        var (forward, backward) = (ScanWork.Forward(384, 1024, 16), ScanWork.Backward(384, 1024, 16));
        Assert.InRange(backward.Bound(Limits).Nanoseconds / forward.Bound(Limits).Nanoseconds, 1, 3);
    }
}
