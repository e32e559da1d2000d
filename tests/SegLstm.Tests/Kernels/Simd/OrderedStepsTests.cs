using SegLstm.Kernels.Simd;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.Simd;

public sealed class OrderedStepsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Each_step_finds_what_the_one_before_it_has_made(int threads) => With(threads, () =>
    {
        var (order, made, sums) = (new OrderedSteps(), 0, new int[1000]);
        order.Run(sums.Length, 1e9, step =>
        {
            order.Await(ref made, step);
            sums[step] = step == 0 ? 0 : sums[step - 1] + step;
            Interlocked.Increment(ref made);
        });
        Assert.Equal(999 * 1000 / 2, sums[^1]);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void A_step_that_fails_ends_the_others_that_wait_for_it(int threads) => With(threads, () =>
    {
        var (order, never) = (new OrderedSteps(), 0);
        var error = Assert.ThrowsAny<Exception>(() => order.Run(8, 1e9, step =>
        {
            if (step == 0)
            {
                Thread.Sleep(20);
                throw new InvalidDataException("broken");
            }

            order.Await(ref never, 1);
        }));
        Assert.Contains("broken", error.ToString());
    });

    private static void With(int threads, Action test)
    {
        var before = get_num_threads();
        set_num_threads(threads);
        try
        {
            test();
        }
        finally
        {
            set_num_threads(before);
        }
    }
}
