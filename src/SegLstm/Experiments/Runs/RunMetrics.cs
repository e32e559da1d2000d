using System.Text.Json;

namespace SegLstm.Experiments.Runs;

/// <summary>What a run's `metrics.jsonl` says in the end.</summary>
internal sealed class RunMetrics
{
    /// <summary>Iterations done, as far as the file was told.</summary>
    public int Done { get; private set; }

    /// <summary>Loss of the last step in the file.</summary>
    public double? Loss { get; private set; }

    /// <summary>Time from the run's start to the last step in the file.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Highest mean IoU of the validations, 0 to 1.</summary>
    public double? BestMeanIoU { get; private set; }

    /// <summary>Mean IoU on the held-out pixels, 0 to 1.</summary>
    public double? TestMeanIoU { get; private set; }

    /// <summary>Overall accuracy on the held-out pixels, 0 to 1.</summary>
    public double? TestAccuracy { get; private set; }

    /// <summary>Reads a file, line by line.</summary>
    /// <exception cref="JsonException">A line is no JSON; of a process that was killed the last may be half a line.</exception>
    public static RunMetrics Read(string path)
    {
        var metrics = new RunMetrics();
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            try
            {
                using JsonDocument document = JsonDocument.Parse(line);
                metrics.Add(document.RootElement);
            }
            catch (JsonException) when (lines.EndOfStream)
            {
                break;
            }
        }

        return metrics;
    }

    private void Add(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object || !line.TryGetProperty("kind", out JsonElement kind)) return;
        double? mean = Number(line, "mean_iou");
        switch (kind.ToString())
        {
            case "step":
                Done = Math.Max(Done, (int)Math.Clamp(Number(line, "iteration") ?? -1, -1, int.MaxValue - 1.0) + 1);
                Loss = Number(line, "loss") ?? Loss;
                if (Number(line, "seconds") is >= 0 and < 1e9 and { } seconds) Elapsed = TimeSpan.FromSeconds(seconds);
                break;
            case "validation":
                Done = Math.Max(Done, (int)Math.Clamp(Number(line, "iteration") ?? -1, -1, int.MaxValue - 1.0) + 1);
                if (mean > BestMeanIoU || BestMeanIoU is null) BestMeanIoU = mean;
                break;
            case "test":
                (TestMeanIoU, TestAccuracy) = (mean, Number(line, "overall_accuracy"));
                break;
        }
    }

    // NaN and infinity are written as text.
    private static double? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
