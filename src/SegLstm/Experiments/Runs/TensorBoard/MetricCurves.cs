using System.Globalization;
using System.Text.Json;
using SegLstm.Training;

namespace SegLstm.Experiments.Runs.TensorBoard;

/// <summary>The lines of a run's `metrics.jsonl` as curves of an event file.</summary>
internal sealed class MetricCurves
{
    private static readonly (string Kind, (string Field, string Tag)[] Curves)[] Lines =
    [
        ("step", [("loss", "train/loss"), ("learning_rate", "train/learning_rate"), ("gradient_norm", "train/gradient_norm")]),
        ("validation", [("mean_iou", "validation/mean_iou"), ("overall_accuracy", "validation/overall_accuracy")]),
        ("test", [("mean_iou", "test/mean_iou"), ("overall_accuracy", "test/overall_accuracy"), ("kappa", "test/kappa")]),
    ];

    private readonly EventFile _events;
    private readonly double _start;

    // Of the last line that said them: a validation follows the step that it comes after.
    private double _seconds;
    private long _step;

    /// <summary>Begins an event file.</summary>
    /// <param name="run">The run's folder.</param>
    /// <param name="target">Where the events go; stays open.</param>
    /// <exception cref="JsonException">`environment.json` is no JSON.</exception>
    public MetricCurves(string run, Stream target)
    {
        (_events, _start) = (new EventFile(target), Start(run));
        _events.Begin(_start);
    }

    /// <summary>Adds a line, one after another as they stand in the file.</summary>
    public void Add(JsonElement line)
    {
        _seconds = RunMetrics.Number(line, "seconds") ?? _seconds;
        _step = (long)Math.Clamp(RunMetrics.Number(line, "iteration") ?? _step, 0, int.MaxValue);
        double time = _start + _seconds;
        string kind = line.GetProperty("kind").ToString();
        foreach ((string field, string tag) in Lines.Where(entry => entry.Kind == kind).SelectMany(entry => entry.Curves))
        {
            if (RunMetrics.Number(line, field) is { } value) _events.Add(time, _step, tag, value);
        }

        if (kind != "validation" || !line.TryGetProperty("iou", out JsonElement classes)
            || classes.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach ((int index, JsonElement iou) in classes.EnumerateArray().Index())
        {
            if (iou.ValueKind != JsonValueKind.Number) continue;
            _events.Add(time, _step, $"validation_iou/class_{index}", iou.GetDouble());
        }
    }

    // Metrics have the time since the start; that is in environment.json.
    private static double Start(string run)
    {
        string path = Path.Combine(run, RunEnvironment.FileName);
        if (!File.Exists(path)) return 0;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("started", out JsonElement started)
            && DateTimeOffset.TryParse(started.ToString(), CultureInfo.InvariantCulture, out DateTimeOffset time)
            ? time.ToUnixTimeMilliseconds() / 1000.0
            : 0;
    }
}
