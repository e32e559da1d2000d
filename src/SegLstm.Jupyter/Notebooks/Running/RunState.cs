using System.Text.Json;
using System.Text.Json.Serialization;

namespace SegLstm.Jupyter.Notebooks.Running;

/// <summary>What is kept of a notebook's last run beside its results, so that it can be listed and resumed.</summary>
public sealed record RunState
{
    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>How it ended.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>The notebook's heading, or its name.</summary>
    public required string Title { get; init; }

    /// <summary>Its first paragraph; may be empty.</summary>
    public required string Summary { get; init; }

    /// <summary>How many code cells it has that run.</summary>
    public required int Total { get; init; }

    /// <summary>How long it ran.</summary>
    public required double Seconds { get; init; }

    /// <summary>Why it did not finish; null where it did.</summary>
    public string? Failure { get; init; }

    /// <summary>Hash of what its cells depend on besides their text: this kernel and the files that they reference.</summary>
    public required string Inputs { get; init; }

    /// <summary>Its code cells that have run, in order.</summary>
    public required IReadOnlyList<CellRecord> Cells { get; init; }

    /// <summary>The state in a file; null where there is none, or none of ours.</summary>
    public static RunState? Read(string path)
    {
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<RunState>(File.ReadAllText(path), Format) : null;
        }
        catch (JsonException)
        {
            // Damaged, or of another version: then there is nothing to resume.
            return null;
        }
    }

    /// <summary>The state as the content of a file.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);
}
