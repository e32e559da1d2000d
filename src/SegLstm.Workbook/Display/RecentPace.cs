namespace SegLstm.Workbook.Display;

/// <summary>Foretells the end of work from how fast the last few units went.</summary>
internal sealed class RecentPace
{
    private const int Samples = 50;

    private readonly Queue<(TimeSpan Time, long Done)> _recent = new();

    /// <summary>Takes a sample in.</summary>
    /// <param name="time">Time since the beginning.</param>
    /// <param name="done">Units done by then.</param>
    internal void Add(TimeSpan time, long done)
    {
        // Work that begins again is measured anew.
        if (_recent.Count > 0 && done < _recent.Last().Done) _recent.Clear();
        _recent.Enqueue((time, done));
        if (_recent.Count > Samples) _recent.Dequeue();
    }

    /// <summary>The expected time for more units; null before two samples differ.</summary>
    internal TimeSpan? Remaining(long units)
    {
        if (units <= 0) return TimeSpan.Zero;
        if (_recent.Count < 2) return null;
        var (start, end) = (_recent.Peek(), _recent.Last());
        double seconds = (end.Time - start.Time).TotalSeconds * units / Math.Max(0, end.Done - start.Done);
        return double.IsFinite(seconds) && seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : null;
    }
}
