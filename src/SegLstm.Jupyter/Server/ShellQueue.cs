using System.Collections.Concurrent;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Server;

/// <summary>Shell requests, answered one at a time in the order they came, on a thread that runs the cells.</summary>
internal sealed class ShellQueue
{
    private readonly BlockingCollection<(long Order, RouterChannel Source, IncomingMessage Message)> _queue = [];
    private readonly RequestDispatcher _dispatcher;
    private readonly RunningRequest _running;
    private readonly Action<MessageHeader> _begins;
    private readonly Thread _thread;
    private RouterChannel? _current;
    private long _last;
    private long _abortedThrough;

    /// <summary>Nothing runs before <see cref="Start"/>.</summary>
    /// <param name="dispatcher">Answers the requests.</param>
    /// <param name="running">Hears which request runs.</param>
    /// <param name="begins">Called as each request begins.</param>
    public ShellQueue(RequestDispatcher dispatcher, RunningRequest running, Action<MessageHeader> begins)
    {
        _dispatcher = dispatcher;
        _running = running;
        _begins = begins;
        _thread = new Thread(Run) { Name = "cells", IsBackground = true };
    }

    /// <summary>Begins to answer.</summary>
    public void Start() => _thread.Start();

    /// <summary>Puts a request at the end.</summary>
    public void Add(RouterChannel source, IncomingMessage message)
    {
        try
        {
            _queue.Add((Interlocked.Increment(ref _last), source, message));
        }
        catch (InvalidOperationException)
        {
            // The kernel is ending.
        }
    }

    /// <summary>A cell failed: the cells that have arrived by now do not run. Called by the cell's thread.</summary>
    public void AbortCells()
    {
        _current?.Drain();
        _abortedThrough = Interlocked.Read(ref _last);
    }

    /// <summary>Takes no more requests; the one that runs is waited for.</summary>
    /// <param name="patience">For how long.</param>
    public void Stop(TimeSpan patience)
    {
        _queue.CompleteAdding();
        if (!_thread.ThreadState.HasFlag(ThreadState.Unstarted)) _thread.Join(patience);
    }

    private void Run()
    {
        foreach ((long order, RouterChannel source, IncomingMessage message) in _queue.GetConsumingEnumerable())
        {
            if (_queue.IsAddingCompleted) return;
            if (message.Header.Type == "execute_request" && order <= _abortedThrough)
            {
                _dispatcher.Abort(source, message);
                continue;
            }

            _current = source;
            _begins(message.Header);
            CancellationToken interrupt = _running.Begin();
            try
            {
                _dispatcher.Handle(source, message, interrupt);
            }
            finally
            {
                _running.End();
            }
        }
    }
}
