using System.Globalization;
using System.Text.Json;
using SegLstm.Training;

namespace SegLstm.Experiments.Runs.TensorBoard;

/// <summary>
/// Writes an event file into a run's folder while it trains: every line that `metrics.jsonl` gets becomes the curves that
/// <see cref="RunEvents"/> makes of it, at once, for a TensorBoard that watches the folder or one above.
/// </summary>
/// <remarks>
/// A run that is resumed gets a new file with all its lines, in place of the old one: what had been written beyond the place where
/// it goes on was taken back. TensorBoard reads files in the order of their names, which are the times they were begun at.
/// </remarks>
/// <param name="run">The run's folder; the trainer that is observed writes it.</param>
public sealed class LiveEvents(string run) : ITrainingObserver, IDisposable
{
    private const string Prefix = "events.out.tfevents.";

    private FileStream? _events;
    private MetricCurves? _curves;
    private long _read;

    /// <inheritdoc />
    public void Stepped(StepReport step) => Update();

    /// <inheritdoc />
    public void Validated(ValidationReport validation) => Update();

    /// <summary>Takes what has come to `metrics.jsonl` since; a test's scores, say, that no trainer tells of.</summary>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public void Update()
    {
        byte[] text = News();
        int length = text.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (length == 0) return;
        _read += length;
        _curves ??= Begin();
        foreach (Range line in Lines(text.AsSpan(0, length)))
        {
            using JsonDocument document = JsonDocument.Parse(text.AsMemory(line));
            _curves.Add(document.RootElement);
        }

        _events!.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (_events is not null) Update();
        _events?.Dispose();
    }

    private MetricCurves Begin()
    {
        foreach (string old in Directory.EnumerateFiles(run, Prefix + "*")) File.Delete(old);
        string name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.seglstm");
        _events = new FileStream(Path.Combine(run, name), FileMode.Create, FileAccess.Write, FileShare.Read);
        return new MetricCurves(run, _events);
    }

    private byte[] News()
    {
        using var metrics = new FileStream(
            Path.Combine(run, "metrics.jsonl"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] text = new byte[Math.Max(0, metrics.Length - _read)];
        metrics.Position = _read;
        metrics.ReadExactly(text);
        return text;
    }

    private static List<Range> Lines(ReadOnlySpan<byte> text)
    {
        var lines = new List<Range>();
        foreach (Range line in text.Split((byte)'\n'))
        {
            if (!text[line].IsEmpty) lines.Add(line);
        }

        return lines;
    }
}
