using SegLstm.Benchmarks;

namespace SegLstm.Tests.Benchmarks;

public sealed class ThreadClockTests
{
    [Fact]
    public void It_goes_on_while_the_thread_works_and_stands_still_while_only_others_do()
    {
        var begin = ThreadClock.Nanoseconds;
        while (ThreadClock.Nanoseconds < begin + 2e6)
        {
        }

        var stop = false;
        var other = new Thread(() =>
        {
            while (!Volatile.Read(ref stop))
            {
            }
        });
        other.Start();
        var asleep = ThreadClock.Nanoseconds;
        Thread.Sleep(200);
        var awake = ThreadClock.Nanoseconds;
        Volatile.Write(ref stop, true);
        other.Join();
        Assert.InRange(awake - asleep, 0, 50e6);
    }
}
