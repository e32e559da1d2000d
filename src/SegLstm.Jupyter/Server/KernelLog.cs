using System.Collections.Concurrent;
using System.Globalization;

namespace SegLstm.Jupyter.Server;

/// <summary>
/// The kernel's own messages, on the process's standard error, where Jupyter's log shows them. Never waits: where nobody reads
/// the other end, lines are lost.
/// </summary>
internal sealed class KernelLog : IDisposable
{
    private const int Backlog = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly BlockingCollection<string> _lines = new(Backlog);
    private readonly Lock _gate = new();
    private readonly Thread _thread;
    private readonly TextWriter _writer;
    private DateTime _lastDrop;
    private long _drops;

    /// <summary>A log to the process's standard error, whatever cells make of <see cref="Console.Error"/>.</summary>
    public KernelLog()
        : this(new StreamWriter(Console.OpenStandardError()) { AutoFlush = true })
    {
    }

    /// <summary>A log to a writer.</summary>
    public KernelLog(TextWriter writer)
    {
        _writer = writer;
        _thread = new Thread(Run) { Name = "kernel log", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Messages that were dropped so far.</summary>
    public long Drops => Interlocked.Read(ref _drops);

    /// <summary>Writes a line.</summary>
    public void Write(string line)
    {
        string stamped = $"[SegLstm.Jupyter {DateTime.Now.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}] {line}";
        try
        {
            _lines.TryAdd(stamped);
        }
        catch (InvalidOperationException)
        {
            // Closed: the process is ending.
        }
    }

    /// <summary>
    /// Counts a message that was dropped; a line at most once a second says why, so that a flood fills no disk.
    /// </summary>
    /// <param name="channel">The socket it came on.</param>
    /// <param name="reason">Why it was dropped.</param>
    public void Dropped(string channel, string reason)
    {
        long count = Interlocked.Increment(ref _drops);
        lock (_gate)
        {
            DateTime now = DateTime.UtcNow;
            if (now - _lastDrop < Interval) return;
            _lastDrop = now;
        }

        Write($"dropped a message on {channel}: {reason} ({count} dropped so far)");
    }

    /// <summary>Writes what is left, for at most a second.</summary>
    public void Dispose()
    {
        _lines.CompleteAdding();
        _thread.Join(Interval);
    }

    private void Run()
    {
        foreach (string line in _lines.GetConsumingEnumerable())
        {
            try
            {
                _writer.WriteLine(line);
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException)
            {
                // Whoever started the kernel no longer listens.
            }
        }
    }
}
