using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Comms;

/// <summary>What one side of a comm tells the other.</summary>
/// <param name="Data">Any JSON object.</param>
public sealed record CommMessage(JsonObject Data)
{
    /// <summary>What is said beside the data.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>Binary data.</summary>
    public IReadOnlyList<byte[]> Buffers { get; init; } = [];
}
