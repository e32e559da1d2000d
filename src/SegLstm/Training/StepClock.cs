using System.Diagnostics;

namespace SegLstm.Training;

/// <summary>Measures steps and foretells the end from the recent ones; the first, which warm caches, are left out.</summary>
/// <param name="steps">Steps of the whole work.</param>
internal sealed class StepClock(int steps)
{
    private const int Skipped = 2;
    private const double Smoothing = 0.05;

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last;
    private double _seconds;
    private int _done;

    /// <summary>Time since the clock was made.</summary>
    public TimeSpan Elapsed => _clock.Elapsed;

    /// <summary>Counts a finished step.</summary>
    /// <returns>The expected time until the last step is done.</returns>
    public TimeSpan Step()
    {
        TimeSpan now = _clock.Elapsed;
        double seconds = (now - _last).TotalSeconds;
        _last = now;
        _seconds = ++_done <= Skipped + 1 ? seconds : _seconds + Smoothing * (seconds - _seconds);
        return TimeSpan.FromSeconds(_seconds * Math.Max(0, steps - _done));
    }
}
