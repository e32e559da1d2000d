using SegLstm.Benchmarks;
using static TorchSharp.torch;

namespace SegLstm.Tests.Benchmarks;

public sealed class ProcessMemoryTests
{
    private const long Numbers = 8 << 20;

    // Freed before the end: what counts is the most at one time, with the memory of native libraries.
    [Fact]
    public void Two_tensors_at_one_time_take_twice_the_memory_of_two_one_after_the_other()
    {
        void OneByOne()
        {
            ones(Numbers).Dispose();
            ones(Numbers).Dispose();
        }

        // The first time libtorch takes memory of its own.
        OneByOne();
        var one = ProcessMemory.TakenBy(OneByOne);
        var two = ProcessMemory.TakenBy(() =>
        {
            using var first = ones(Numbers);
            ones(Numbers).Dispose();
        });
        Assert.InRange(one, sizeof(float) * Numbers * 0.95, sizeof(float) * Numbers * 1.3);
        Assert.InRange(two, sizeof(float) * Numbers * 1.9, sizeof(float) * Numbers * 2.3);
    }

    // The allocator keeps what was freed and would hand it out again, so that resident memory did not grow.
    [Fact]
    public void Many_small_tensors_count_also_where_others_were_freed_before()
    {
        void Make()
        {
            using var scope = NewDisposeScope();
            for (var n = 0; n < 4000; n++)
            {
                ones(2000);
            }
        }

        Make();
        Assert.InRange(ProcessMemory.TakenBy(Make), sizeof(float) * 8e6 * 0.9, sizeof(float) * 8e6 * 1.5);
    }

    // A thread has a heap of its own, whose end the allocator keeps, too.
    [Fact]
    public async Task Tensors_count_also_where_others_of_their_size_were_freed_on_another_thread()
    {
        static long Take()
        {
            void Make() => ones(Numbers / 8).Dispose();
            Make();
            return ProcessMemory.TakenBy(Make);
        }

        var taken = await Task.Factory.StartNew(Take, TaskCreationOptions.LongRunning);
        Assert.InRange(taken, sizeof(float) * Numbers / 8 * 0.95, sizeof(float) * Numbers / 8 * 1.3);
    }
}
