namespace SegLstm.Jupyter.Server;

/// <summary>The request that the kernel works on, and how it is interrupted. Safe to share between threads.</summary>
internal sealed class RunningRequest
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _source;
    private FrontEndOutput? _output;

    /// <summary>Whether there is one.</summary>
    public bool IsActive
    {
        get
        {
            lock (_gate) return _source is not null;
        }
    }

    /// <summary>Notes that a request begins.</summary>
    /// <returns>Asks it to stop.</returns>
    public CancellationToken Begin()
    {
        lock (_gate)
        {
            _source = new CancellationTokenSource();
            return _source.Token;
        }
    }

    /// <summary>Notes where the request, a cell, shows its output.</summary>
    public void Shows(FrontEndOutput output)
    {
        lock (_gate) _output = output;
    }

    /// <summary>Notes that the request has ended.</summary>
    public void End()
    {
        lock (_gate) (_source, _output) = (null, null);
    }

    /// <summary>Asks the request to stop; nothing where none runs.</summary>
    /// <returns>
    /// Tells, later, whether the same cell still runs, and where it shows its output then; null where none ran.
    /// </returns>
    public Func<FrontEndOutput?>? Interrupt()
    {
        lock (_gate)
        {
            if (_source is not { } source) return null;

            // Cancelling runs callbacks of the user's code, which may wait for ever or throw: not on the thread that answers.
            new Thread(() => Cancel(source)) { Name = "interrupt", IsBackground = true }.Start();
            return () =>
            {
                lock (_gate) return ReferenceEquals(_source, source) ? _output : null;
            };
        }
    }

    private static void Cancel(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (AggregateException)
        {
            // The user's callbacks failed; the token is cancelled all the same.
        }
    }
}
