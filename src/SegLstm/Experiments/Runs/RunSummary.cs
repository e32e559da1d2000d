using System.Globalization;
using System.Text.Json;
using SegLstm.Experiments.Records;
using SegLstm.Training;

namespace SegLstm.Experiments.Runs;

/// <summary>A run as its <see cref="RunFolder"/> shows it, without its weights.</summary>
public sealed record RunSummary
{
    /// <summary>Names that <see cref="Value"/> knows besides the fields of the configuration.</summary>
    public static readonly IReadOnlyList<string> Columns =
    [
        "name", "model", "dataset", "seed", "iterations", "done", "state", "miou", "test_miou", "test_accuracy",
        "test_kappa", "loss", "seconds", "started",
    ];

    /// <summary>The folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder's path below the one that was searched.</summary>
    public required string Name { get; init; }

    /// <summary>Name of the model.</summary>
    public string Model { get; private init; } = "";

    /// <summary>Name of the data set.</summary>
    public string Dataset { get; private init; } = "";

    /// <summary>Root seed.</summary>
    public long? Seed { get; private init; }

    /// <summary>Iterations planned.</summary>
    public int? Iterations { get; private init; }

    /// <summary>Iterations done, as far as the metrics were written.</summary>
    public int Done { get; private init; }

    /// <summary>How far it got.</summary>
    public RunState State { get; private init; }

    /// <summary>What is damaged; empty where nothing is.</summary>
    public string Damage { get; private init; } = "";

    /// <summary>Why it ended before its last iteration, in a line; empty where it did not or does not say.</summary>
    public string Reason { get; private init; } = "";

    /// <summary>Highest mean IoU on the validation pixels, 0 to 1; null where none was measured.</summary>
    public double? BestMeanIoU { get; private init; }

    /// <summary>Mean IoU on the held-out pixels, 0 to 1; null where it was not measured.</summary>
    public double? TestMeanIoU { get; private init; }

    /// <summary>Overall accuracy on the held-out pixels, 0 to 1; null where it was not measured.</summary>
    public double? TestAccuracy { get; private init; }

    /// <summary>Cohen's kappa on the held-out pixels, at most 1; null where it was not measured.</summary>
    public double? TestKappa { get; private init; }

    /// <summary>Loss of the last step written.</summary>
    public double? Loss { get; private init; }

    /// <summary>Time that training took up to the last step written.</summary>
    public TimeSpan Elapsed { get; private init; }

    /// <summary>Threads that its operators could use; null where it is not known.</summary>
    public int? Threads { get; private init; }

    /// <summary>When it began, as written; empty where it is not known.</summary>
    public string Started { get; private init; } = "";

    /// <summary>The configuration, value by path, such as "training.schedule.iterations".</summary>
    public IReadOnlyDictionary<string, string> Configuration { get; private init; } = new Dictionary<string, string>();

    /// <summary>Reads a run; files that cannot be read make it <see cref="RunState.Damaged"/>.</summary>
    /// <param name="folder">A folder for which <see cref="RunStore.IsRun"/> holds.</param>
    /// <param name="name">What to call it.</param>
    public static RunSummary Read(string folder, string name)
    {
        var summary = new RunSummary { Folder = folder, Name = name };
        try
        {
            IReadOnlyDictionary<string, string> fields = RunConfiguration.Read(folder);
            RunMetrics metrics = RunMetrics.Read(Path.Combine(folder, "metrics.jsonl"));
            int? planned = int.TryParse(fields.GetValueOrDefault("training.schedule.iterations"), out int count) ? count : null;
            string environment = Path.Combine(folder, RunEnvironment.FileName);
            JsonElement about = File.Exists(environment) ? RunConfiguration.Json(environment) : default;
            return summary with
            {
                Configuration = fields,
                Model = fields.GetValueOrDefault("model.model") ?? fields.GetValueOrDefault("model", ""),
                Dataset = fields.GetValueOrDefault("model.dataset", ""),
                Seed = long.TryParse(fields.GetValueOrDefault("training.seed"), out long seed) ? seed : null,
                Iterations = planned,
                Done = metrics.Done,
                State = StateOf(folder, metrics, planned),
                Reason = metrics.End == RunEnd.Finished ? "" : metrics.Reason,
                BestMeanIoU = metrics.BestMeanIoU,
                TestMeanIoU = metrics.TestMeanIoU,
                TestAccuracy = metrics.TestAccuracy,
                TestKappa = metrics.TestKappa,
                Loss = metrics.Loss,
                Elapsed = metrics.Elapsed,
                Started = Property(about, "started") is { } started ? started.ToString() : "",
                Threads = Property(about, "threads") is { ValueKind: JsonValueKind.Number } threads
                    && threads.TryGetInt32(out int given) ? given : null,
            };
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException
            or ArgumentException or RecordException)
        {
            return summary with { State = RunState.Damaged, Damage = fault.Message };
        }
    }

    /// <summary>A value by name as text: one of <see cref="Columns"/>, or a path of the configuration.</summary>
    /// <returns>Null where the run has none.</returns>
    public string? Value(string key) => key switch
    {
        "name" => Name,
        "model" => Model,
        "dataset" => Dataset,
        "seed" => Text(Seed),
        "iterations" => Text(Iterations),
        "done" => Text(Done),
        "state" => State.ToString().ToLowerInvariant(),
        "miou" => Text(BestMeanIoU),
        "test_miou" => Text(TestMeanIoU),
        "test_accuracy" => Text(TestAccuracy),
        "test_kappa" => Text(TestKappa),
        "loss" => Text(Loss),
        "seconds" => Text(Elapsed.TotalSeconds),
        "started" => Started,
        _ => Configuration.GetValueOrDefault(key),
    };

    private static JsonElement? Property(JsonElement about, string name) =>
        about.ValueKind == JsonValueKind.Object && about.TryGetProperty(name, out JsonElement value) ? value : null;

    private static RunState StateOf(string folder, RunMetrics metrics, int? planned) =>
        RunFolder.Writer(folder) is not null ? RunState.Running
        : metrics.Done >= planned
            && (metrics.TestMeanIoU is not null || File.Exists(Path.Combine(folder, "last.safetensors"))) ? RunState.Finished
        : metrics.End switch
        {
            RunEnd.Stopped => RunState.Stopped,
            RunEnd.Failed => RunState.Failed,
            _ => RunState.Died,
        };

    private static string? Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture);
}
