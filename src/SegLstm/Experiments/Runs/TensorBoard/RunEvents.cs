using System.Text.Json;
using SegLstm.Checkpoints;

namespace SegLstm.Experiments.Runs.TensorBoard;

/// <summary>Runs as TensorBoard shows them: one event file a run, made of its `metrics.jsonl`. <see cref="LiveEvents"/> makes the
/// same while a run goes on.</summary>
public static class RunEvents
{
    // One name, so that writing again replaces what was written. TensorBoard takes any with "tfevents" in it.
    private const string FileName = "events.out.tfevents.0.seglstm";

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
        AtomicFile.Write(path, stream =>
        {
            var curves = new MetricCurves(run, stream);
            foreach (JsonElement line in RunMetrics.Lines(Path.Combine(run, "metrics.jsonl"))) curves.Add(line);
        });
        return path;
    }
}
