using System.Runtime.ExceptionServices;

namespace SegLstm.Kernels.Simd;

/// <summary>Pieces of work that threads take one by one: dealt out beforehand, one thread's share may take longer.</summary>
/// <param name="pieces">How many.</param>
/// <param name="mostHelpers">Threads beside the one that brought the work.</param>
/// <param name="run">Runs one.</param>
internal sealed class WorkerJob(int pieces, int mostHelpers, Action<int> run)
{
    private readonly Lock changing = new();
    private Action<int>? body = run;
    private int taken = -1;
    private int done;
    private int joined;
    private volatile Exception? failure;

    /// <summary>Takes pieces, unless enough others do.</summary>
    public void Join()
    {
        if (Interlocked.Increment(ref joined) <= mostHelpers)
        {
            Work();
        }
    }

    /// <summary>Takes pieces until none is left. After a failure they are no longer run.</summary>
    public void Work()
    {
        for (var piece = Interlocked.Increment(ref taken); piece < pieces; piece = Interlocked.Increment(ref taken))
        {
            try
            {
                if (failure is null)
                {
                    body!(piece);
                }
            }
            catch (Exception error)
            {
                Keep(error);
            }

            Interlocked.Increment(ref done);
        }
    }

    /// <summary>Waits for the pieces that others have taken, and lets go of what they needed: helpers remember the job.</summary>
    public void Await()
    {
        var spin = default(SpinWait);
        while (Volatile.Read(ref done) < pieces)
        {
            // Never to sleep: a millisecond is longer than most pieces.
            spin.SpinOnce(sleep1Threshold: -1);
        }

        body = null;
    }

    /// <summary>Throws what a piece threw.</summary>
    public void ThrowIfFailed()
    {
        if (failure is { } error)
        {
            ExceptionDispatchInfo.Throw(error);
        }
    }

    private void Keep(Exception error)
    {
        lock (changing)
        {
            // Steps that waited for one that failed are cancelled: it is the failure that counts.
            if (failure is null or OperationCanceledException)
            {
                failure = error;
            }
        }
    }
}
