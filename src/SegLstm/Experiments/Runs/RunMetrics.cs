using System.Text.Json;
using SegLstm.Training;

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

    /// <summary>Cohen's kappa on the held-out pixels, at most 1; null where it was not measured.</summary>
    public double? TestKappa { get; private set; }

    /// <summary>How it ended; null where it does not say.</summary>
    public RunEnd? End { get; private set; }

    /// <summary>Why it did not finish; empty where it did or does not say.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>Reads a file.</summary>
    /// <exception cref="JsonException">A line is no JSON; of a process that was killed the last may be half a line.</exception>
    public static RunMetrics Read(string path)
    {
        var metrics = new RunMetrics();
        foreach (JsonElement line in Lines(path)) metrics.Add(line);
        return metrics;
    }

    /// <summary>The lines of a file that say of what kind they are. Each is valid until the next.</summary>
    /// <exception cref="JsonException">As <see cref="Read"/>.</exception>
    public static IEnumerable<JsonElement> Lines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var lines = new StreamReader(file);
        while (lines.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            using JsonDocument? document = Parse(line, lines.EndOfStream);
            if (document is null) yield break;
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("kind", out _))
            {
                yield return document.RootElement;
            }
        }
    }

    /// <summary>A number of a line; null where there is none. NaN and infinity are written as text.</summary>
    public static double? Number(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string Text(JsonElement line, string name) =>
        line.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static JsonDocument? Parse(string line, bool isLast)
    {
        try
        {
            return JsonDocument.Parse(line);
        }
        catch (JsonException) when (isLast)
        {
            return null;
        }
    }

    private void Add(JsonElement line)
    {
        double? mean = Number(line, "mean_iou");
        switch (line.GetProperty("kind").ToString())
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
                (TestMeanIoU, TestAccuracy, TestKappa) = (mean, Number(line, "overall_accuracy"), Number(line, "kappa"));
                break;
            case "end":
                End = Enum.TryParse(Text(line, "how"), ignoreCase: true, out RunEnd how) ? how : null;
                Reason = Text(line, "reason");
                break;
        }
    }
}
