using System.Diagnostics;
using System.Globalization;
using SegLstm.Training;
using SegLstm.Workbook.Display;

namespace SegLstm.Workbook;

/// <summary>
/// A progress bar in one output of a cell, updated in place at most four times a second; a few lines on the console where there
/// is no notebook. With a file it survives a closed browser: <see cref="Attach"/> shows the work again. Give it to a trainer as
/// its observer, or call <see cref="Report"/>.
/// </summary>
public sealed class Progress : ITrainingObserver, IDisposable
{
    private static readonly TimeSpan ShowEvery = TimeSpan.FromMilliseconds(250), WriteEvery = TimeSpan.FromSeconds(1),
        PrintEvery = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly RecentPace _pace = new();
    private readonly string? _path;
    private readonly HostDisplay? _display;
    private TimeSpan? _shown, _written, _printed;
    private string _loss = "", _score = "";
    private ProgressState _state;

    /// <summary>Shows an empty bar.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="total">Units of the whole work; a trainer sets its own.</param>
    /// <param name="unit">What a unit is, such as "steps" or "windows".</param>
    /// <param name="path">A JSON file that holds the state for <see cref="Attach"/>; its folder is made; null for none.</param>
    public Progress(string title, long total = 0, string unit = "steps", string? path = null)
    {
        ArgumentNullException.ThrowIfNull(title);
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        _state = new ProgressState { Title = title, Total = total, Unit = unit };
        _path = path is null ? null : System.IO.Path.GetFullPath(path);
        if (_path is not null) Directory.CreateDirectory(System.IO.Path.GetDirectoryName(_path)!);
        _display = HostDisplay.Show(Now());
        if (_display is not null) _shown = _clock.Elapsed;
        Publish(now: false);
    }

    /// <summary>How far the work is.</summary>
    public ProgressState State
    {
        get
        {
            lock (_gate) return Now();
        }
    }

    /// <summary>
    /// Shows the work whose state another cell, or another process, writes to a file, and follows it to its end.
    /// </summary>
    /// <param name="path">The file that the bar was given.</param>
    /// <param name="stop">Ends the following; the work goes on.</param>
    /// <returns>The last state, once the work has ended, or nothing was heard of it for a minute.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Task<ProgressState> Attach(string path, CancellationToken stop = default) =>
        ProgressFollower.Follow(path, ShowEvery, stop);

    /// <summary>Says how far the work is.</summary>
    /// <param name="done">Units done so far.</param>
    /// <param name="note">What else there is to know, such as "loss 0.31"; null keeps the last.</param>
    public void Report(long done, string? note = null)
    {
        lock (_gate)
        {
            _pace.Add(_clock.Elapsed, done);
            _state = _state with { Done = done, Note = note ?? _state.Note };
            if (_state.Total > 0 && done >= _state.Total) _state = _state with { Status = ProgressStatus.Finished };
            Publish(_state.Status == ProgressStatus.Finished);
        }
    }

    /// <summary>Ends the bar; work that is not all done is shown as stopped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_state.Status != ProgressStatus.Running) return;
            _state = _state with { Status = _state.Done >= _state.Total ? ProgressStatus.Finished : ProgressStatus.Stopped };
            Publish(now: true);
        }
    }

    /// <inheritdoc/>
    void ITrainingObserver.Started(TrainingPlan plan)
    {
        lock (_gate)
        {
            _state = _state with { Total = plan.Iterations, Unit = "steps" };
            Publish(now: true);
        }
    }

    /// <inheritdoc/>
    void ITrainingObserver.Stepped(StepReport step)
    {
        lock (_gate)
        {
            _loss = string.Create(CultureInfo.InvariantCulture, $"loss {step.Loss:0.0000}");
            Report(step.Iteration + 1, Losses());
        }
    }

    /// <inheritdoc/>
    void ITrainingObserver.Validated(ValidationReport validation)
    {
        lock (_gate)
        {
            _score = string.Create(CultureInfo.InvariantCulture, $"validation mIoU {100 * validation.Scores.MeanIoU:0.00} %");
            _state = _state with { Note = Losses() };
            // The last score comes after the last step.
            Publish(_state.Status == ProgressStatus.Finished);
        }
    }

    private string Losses() => string.Join(", ", new[] { _loss, _score }.Where(part => part.Length > 0));

    private ProgressState Now() => _state with
    {
        Elapsed = _clock.Elapsed,
        Remaining = _state.Status == ProgressStatus.Running ? _pace.Remaining(_state.Total - _state.Done) : null,
        Written = DateTime.UtcNow,
    };

    private void Publish(bool now)
    {
        ProgressState state = Now();
        if (_display is not null && IsDue(ref _shown, ShowEvery, now)) _display.Update(state);
        if (_display is null && IsDue(ref _printed, PrintEvery, now)) Console.WriteLine(state);
        if (_path is not null && IsDue(ref _written, WriteEvery, now)) state.Write(_path);
    }

    private bool IsDue(ref TimeSpan? last, TimeSpan interval, bool now)
    {
        TimeSpan time = _clock.Elapsed;
        if (!now && last is { } before && time - before < interval) return false;
        last = time;
        return true;
    }
}
