using SegLstm.Kernels.Simd;

namespace SegLstm.Tests.Kernels.Simd;

public sealed class WorkersTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_piece_runs_once_in_job_after_job(int threads)
    {
        var pool = new WorkerPool();
        for (var job = 0; job < 2_000; job++)
        {
            var runs = new int[1 + (job % 17)];
            Assert.True(pool.TryRun(threads, runs.Length, piece => Interlocked.Increment(ref runs[piece])));
            Assert.All(runs, count => Assert.Equal(1, count));
        }
    }

    [Fact]
    public void Helpers_that_fell_asleep_wake_for_the_next_job()
    {
        var pool = new WorkerPool();
        for (var job = 0; job < 20; job++)
        {
            Thread.Sleep(2);
            using var waiting = new CountdownEvent(2);
            pool.TryRun(2, 2, _ =>
            {
                // Neither piece ends before another thread has begun the other.
                waiting.Signal();
                Assert.True(waiting.Wait(TimeSpan.FromSeconds(30)));
            });
        }
    }

    [Fact]
    public void A_job_takes_no_more_threads_than_it_is_given()
    {
        var pool = new WorkerPool();
        pool.TryRun(6, 6, _ => Thread.Sleep(1));
        var ids = new HashSet<int>();
        pool.TryRun(2, 64, _ =>
        {
            Thread.Sleep(1);
            lock (ids)
            {
                ids.Add(Environment.CurrentManagedThreadId);
            }
        });
        Assert.InRange(ids.Count, 1, 2);
    }

    [Fact]
    public void Helpers_know_nothing_of_the_caller_that_came_first()
    {
        // In a notebook that would be a cell, with all that it holds.
        var (cell, pool, here) = (new AsyncLocal<string?> { Value = "first" }, new WorkerPool(), Environment.CurrentManagedThreadId);
        using var both = new CountdownEvent(2);
        string? seen = null;
        pool.TryRun(2, 2, _ =>
        {
            both.Signal();
            Assert.True(both.Wait(TimeSpan.FromSeconds(30)));
            seen = Environment.CurrentManagedThreadId == here ? seen : cell.Value;
        });
        Assert.Null(seen);
    }

    [Fact]
    public void What_a_piece_throws_is_thrown_and_the_next_job_runs()
    {
        var pool = new WorkerPool();
        var error = Assert.Throws<InvalidDataException>(
            () => pool.TryRun(3, 50, piece => _ = piece == 7 ? throw new InvalidDataException("broken") : piece));
        Assert.Equal("broken", error.Message);
        var runs = 0;
        Assert.True(pool.TryRun(3, 50, _ => Interlocked.Increment(ref runs)));
        Assert.Equal(50, runs);
    }

    [Fact]
    public void Callers_at_the_same_time_and_within_a_piece_all_get_their_pieces_run()
    {
        var sums = new long[4];
        Parallel.For(0, sums.Length, caller =>
        {
            for (var job = 0; job < 200; job++)
            {
                Workers.Run(8, 1e9, _ => Workers.Run(3, 1e9, _ => Interlocked.Increment(ref sums[caller])));
            }
        });
        Assert.All(sums, sum => Assert.Equal(200 * 8 * 3, sum));
    }
}
