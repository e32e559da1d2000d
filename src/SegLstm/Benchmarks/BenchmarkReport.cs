using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SegLstm.Checkpoints;

namespace SegLstm.Benchmarks;

/// <summary>Rows, and on what they were measured.</summary>
public sealed record BenchmarkReport
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The machine and its limits.</summary>
    public required BenchmarkEnvironment Environment { get; init; }

    /// <summary>What was measured.</summary>
    public required IReadOnlyList<BenchmarkRow> Rows { get; init; }

    /// <summary>How time grows with tokens; null where that was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ScalingCurve>? Scaling { get; init; }

    /// <summary>Writes <c>{"environment": …, "rows": […]}</c>, names in snake_case, whole or not at all.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path) => AtomicFile.WriteText(path, JsonSerializer.Serialize(this, Format) + "\n");
}
