using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>A message to send.</summary>
/// <param name="Type">Its type, such as `execute_reply`.</param>
/// <param name="Content">What is said.</param>
internal sealed record OutgoingMessage(string Type, JsonObject Content)
{
    /// <summary>The header of the message that caused this one; null where none did.</summary>
    public MessageHeader? Parent { get; init; }

    /// <summary>What is said beside the content.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Binary data of widgets.</summary>
    public IReadOnlyList<byte[]> Buffers { get; init; } = [];

    /// <summary>Routing identities, or the topic on iopub.</summary>
    public IReadOnlyList<byte[]> Identities { get; init; } = [];
}
