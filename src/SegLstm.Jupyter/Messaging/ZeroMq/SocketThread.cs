using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SegLstm.Jupyter.Messaging.ZeroMq;

/// <summary>
/// A thread that owns a socket: it hands on what arrives, and does on it what others post, in the order of posting.
/// </summary>
internal sealed class SocketThread : IDisposable
{
    /// <summary>
    /// Messages that are handed on before posted actions get their turn again, so that a flood does not starve them.
    /// </summary>
    private const int MessagesPerTurn = 64;

    /// <summary>Messages that <see cref="Drain"/> hands on at most: one that floods cannot hold it up for ever.</summary>
    private const int MessagesPerDrain = 4096;

    private readonly ZeroMqSocket _socket;
    private readonly Action<IReadOnlyList<byte[]>> _received;
    private readonly Action<Exception> _failed;
    private readonly WakeSignal _wake = new();
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Action, (long Due, long Order)> _posted = new();
    private readonly Thread _thread;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _order;
    private bool _stopping;

    /// <summary>Takes a socket over; nothing runs before <see cref="Start"/>.</summary>
    /// <param name="name">The thread's name, as debuggers and `ps` show it.</param>
    /// <param name="socket">The socket; closed by the thread at its end.</param>
    /// <param name="received">Called on the thread with each message.</param>
    /// <param name="failed">Called on the thread with what <paramref name="received"/> or a posted action threw.</param>
    public SocketThread(string name, ZeroMqSocket socket, Action<IReadOnlyList<byte[]>> received, Action<Exception> failed)
    {
        _socket = socket;
        _received = received;
        _failed = failed;
        _thread = new Thread(Run) { Name = name, IsBackground = true };
    }

    /// <summary>Completes when the thread has closed its socket.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Starts the thread.</summary>
    public void Start() => _thread.Start();

    /// <summary>Does something on the thread as soon as it can; nothing once the thread is stopping.</summary>
    public void Post(Action<ZeroMqSocket> action) => Post(TimeSpan.Zero, action);

    /// <summary>Does something on the thread after a while.</summary>
    public void Post(TimeSpan delay, Action<ZeroMqSocket> action)
    {
        long due = delay <= TimeSpan.Zero ? 0 : Stopwatch.GetTimestamp() + (long)(delay.TotalSeconds * Stopwatch.Frequency);
        lock (_gate)
        {
            if (_stopping) return;
            _posted.Enqueue(() => action(_socket), (due, _order++));
        }

        if (Thread.CurrentThread != _thread) _wake.Set();
    }

    /// <summary>Waits until every message that had arrived before this call has been handed on.</summary>
    public void Drain()
    {
        if (Thread.CurrentThread == _thread) return;
        var drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(_ =>
        {
            Receive(MessagesPerDrain);
            drained.SetResult();
        });
        Task.WaitAny(drained.Task, Ended);
    }

    /// <summary>Lets the thread do what was posted without a delay, send it, close its socket and end.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping) return;
            _stopping = true;
        }

        _wake.Set();
        if (_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted)) Close();
    }

    private void Run()
    {
        try
        {
            while (RunPosted())
            {
                Wait();
                Receive(MessagesPerTurn);
            }
        }
        catch (ZeroMqException closed) when (closed.Code == ZeroMqException.Terminated)
        {
            // The context ends, and so does the socket.
        }
        catch (Exception fault)
        {
            _failed(fault);
        }
        finally
        {
            Close();
        }
    }

    private void Close()
    {
        _socket.Dispose();
        _wake.Dispose();
        _ended.TrySetResult();
    }

    /// <summary>Does what is due.</summary>
    /// <returns>False when the thread is to end.</returns>
    private bool RunPosted()
    {
        while (true)
        {
            Action action;
            lock (_gate)
            {
                if (!_posted.TryPeek(out Action? next, out (long Due, long Order) priority)
                    || priority.Due > Stopwatch.GetTimestamp())
                {
                    return !_stopping;
                }

                _posted.Dequeue();
                action = next;
            }

            Guard(action);
        }
    }

    private void Receive(int most)
    {
        for (int i = 0; i < most && _socket.TryReceive(out IReadOnlyList<byte[]> frames); i++)
        {
            Guard(() => _received(frames));
        }
    }

    private void Wait()
    {
        bool borrowed = false;
        try
        {
            Span<PollItem> items =
            [
                new PollItem { Socket = _socket.Borrow(ref borrowed), Events = PollItem.Readable },
                new PollItem { Descriptor = _wake.Descriptor, Events = PollItem.Readable },
            ];
            int result = LibZmq.Poll(items, items.Length, NextDueMilliseconds());
            if (result < 0 && Marshal.GetLastPInvokeError() != ZeroMqException.Interrupted)
            {
                throw ZeroMqException.Last("zmq_poll");
            }

            if ((items[1].Happened & PollItem.Readable) != 0) _wake.Reset();
        }
        finally
        {
            if (borrowed) _socket.Return();
        }
    }

    private int NextDueMilliseconds()
    {
        lock (_gate)
        {
            if (_stopping) return 0;
            if (!_posted.TryPeek(out _, out (long Due, long Order) priority)) return -1;
            double left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), priority.Due).TotalMilliseconds;
            return (int)Math.Clamp(Math.Ceiling(left), 0, int.MaxValue);
        }
    }

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception fault) when (fault is not ZeroMqException { Code: ZeroMqException.Terminated })
        {
            _failed(fault);
        }
    }
}
