using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>The header of a message that arrived.</summary>
/// <param name="Id">The message's own name.</param>
/// <param name="Type">Its type, such as `execute_request`.</param>
/// <param name="Session">The client's session.</param>
/// <param name="Json">The header as it arrived, which answers repeat as their parent header.</param>
internal sealed record MessageHeader(string Id, string Type, string Session, byte[] Json)
{
    /// <summary>Reads a header.</summary>
    /// <exception cref="WireException">A field that the protocol asks for is missing or not a string.</exception>
    public static MessageHeader Read(JsonObject header, byte[] json)
    {
        return new MessageHeader(Text("msg_id"), Text("msg_type"), Text("session"), json);

        string Text(string name) =>
            header[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0
                ? text
                : throw new WireException($"header without '{name}'");
    }
}
