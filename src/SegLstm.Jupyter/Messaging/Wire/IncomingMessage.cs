using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>A message that arrived whole, signed and not for the second time.</summary>
/// <param name="Identities">The way back to the client.</param>
/// <param name="Header">Who sent what.</param>
/// <param name="Metadata">What is said beside the content.</param>
/// <param name="Content">What is said.</param>
/// <param name="Buffers">Binary data of widgets.</param>
internal sealed record IncomingMessage(
    IReadOnlyList<byte[]> Identities,
    MessageHeader Header,
    JsonObject Metadata,
    JsonObject Content,
    IReadOnlyList<byte[]> Buffers);
