using System.Globalization;
using System.Text.Json;
using SegLstm.Checkpoints;

namespace SegLstm.Experiments.Runs.TensorBoard;

/// <summary>Runs as TensorBoard shows them: one event file a run, made of its `metrics.jsonl`.</summary>
public static class RunEvents
{
    // One name, so that writing again replaces what was written. TensorBoard takes any with "tfevents" in it.
    private const string FileName = "events.out.tfevents.0.seglstm";

    private static readonly (string Kind, (string Field, string Tag)[] Curves)[] Lines =
    [
        ("step", [("loss", "train/loss"), ("learning_rate", "train/learning_rate"), ("gradient_norm", "train/gradient_norm")]),
        ("validation", [("mean_iou", "validation/mean_iou"), ("overall_accuracy", "validation/overall_accuracy")]),
        ("test", [("mean_iou", "test/mean_iou"), ("overall_accuracy", "test/overall_accuracy")]),
    ];

    /// <summary>Writes the event file of a run, atomically.</summary>
    /// <param name="run">A folder for which <see cref="RunStore.IsRun"/> holds.</param>
    /// <param name="target">TensorBoard's folder of the run; it is made.</param>
    /// <returns>The file.</returns>
    /// <exception cref="JsonException">A line of the metrics, but the last, is no JSON.</exception>
    /// <exception cref="IOException">A file cannot be read or written.</exception>
    public static string Write(string run, string target)
    {
        Directory.CreateDirectory(target);
        string path = Path.Combine(target, FileName);
        double start = Start(run);
        AtomicFile.Write(path, stream =>
        {
            var events = new EventFile(stream);
            events.Begin(start);
            (double seconds, long step) = (0, 0);
            foreach (JsonElement line in RunMetrics.Lines(Path.Combine(run, "metrics.jsonl")))
            {
                seconds = RunMetrics.Number(line, "seconds") ?? seconds;
                step = (long)Math.Clamp(RunMetrics.Number(line, "iteration") ?? step, 0, int.MaxValue);
                Add(events, line, start + seconds, step);
            }
        });
        return path;
    }

    private static void Add(EventFile events, JsonElement line, double time, long step)
    {
        string kind = line.GetProperty("kind").ToString();
        foreach ((string field, string tag) in Lines.Where(entry => entry.Kind == kind).SelectMany(entry => entry.Curves))
        {
            if (RunMetrics.Number(line, field) is { } value) events.Add(time, step, tag, value);
        }

        if (kind != "validation" || !line.TryGetProperty("iou", out JsonElement classes)
            || classes.ValueKind != JsonValueKind.Array)
        {
            return;
        }

        foreach ((int index, JsonElement iou) in classes.EnumerateArray().Index())
        {
            if (iou.ValueKind == JsonValueKind.Number) events.Add(time, step, $"validation_iou/class_{index}", iou.GetDouble());
        }
    }

    // Metrics have the time since the start; that is in environment.json.
    private static double Start(string run)
    {
        string path = Path.Combine(run, "environment.json");
        if (!File.Exists(path)) return 0;
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("started", out JsonElement started)
            && DateTimeOffset.TryParse(started.ToString(), CultureInfo.InvariantCulture, out DateTimeOffset time)
            ? time.ToUnixTimeMilliseconds() / 1000.0
            : 0;
    }
}
