namespace SegLstm.Jupyter.Server;

/// <summary>
/// When a cell may send its next stream message: soon after it wrote, then in even steps, and never more than
/// <see cref="MostPerSecond"/> in any second.
/// </summary>
internal sealed class StreamPace
{
    /// <summary>Messages in any second. Below the 20 that are promised, since the network may push messages together.</summary>
    public const int MostPerSecond = 18;

    /// <summary>Between two messages while the cell keeps writing.</summary>
    public static readonly TimeSpan Step = TimeSpan.FromMilliseconds(70);

    /// <summary>From the first character to its message, so that a line written in pieces is one message.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(15);

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    private readonly Queue<TimeSpan> _sent = new();
    private TimeSpan _last = TimeSpan.MinValue;

    /// <summary>When the next message may go.</summary>
    /// <param name="written">When the oldest text that waits was written.</param>
    /// <param name="hurry">The cell has ended, or something waits behind the text: only the limit counts.</param>
    public TimeSpan Next(TimeSpan written, bool hurry)
    {
        TimeSpan limit = _sent.Count < MostPerSecond ? TimeSpan.Zero : _sent.Peek() + Window;
        if (hurry) return limit;
        TimeSpan step = _last == TimeSpan.MinValue ? TimeSpan.Zero : _last + Step;
        return Max(limit, Max(step, written + Patience));
    }

    /// <summary>Notes that a message goes now.</summary>
    public void Sent(TimeSpan now)
    {
        _last = now;
        _sent.Enqueue(now);
        if (_sent.Count > MostPerSecond) _sent.Dequeue();
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
