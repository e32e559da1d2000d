using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Messaging.Wire;

/// <summary>
/// Messages to frames and back: identities, the delimiter, the signature, header, parent header, metadata, content, buffers.
/// Safe to share between threads.
/// </summary>
/// <remarks>Source: the Jupyter messaging protocol, version 5.5, "The Wire Protocol".</remarks>
/// <param name="key">The connection file's key; empty where messages are not signed.</param>
internal sealed class WireCodec(string key)
{
    /// <summary>The version of the protocol that is spoken.</summary>
    public const string ProtocolVersion = "5.5";

    /// <summary>The deepest nesting of JSON that is read.</summary>
    public const int MaximumDepth = 128;

    private const int JsonFrames = 4;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };
    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 4 * MaximumDepth,
    };

    private readonly MessageSigner _signer = new(key);
    private readonly ReplayGuard _replays = new();
    private readonly string _session = Guid.NewGuid().ToString("N");
    private long _sent;

    /// <summary>What sets identities apart from the message.</summary>
    public static ReadOnlySpan<byte> Delimiter => "<IDS|MSG>"u8;

    /// <summary>Reads a message, and notes its signature as used.</summary>
    /// <param name="frames">All its frames.</param>
    /// <exception cref="WireException">The frames are none, or are not signed, or came before; the message says
    /// which.</exception>
    public IncomingMessage Read(IReadOnlyList<byte[]> frames)
    {
        int delimiter = 0;
        while (delimiter < frames.Count && !frames[delimiter].AsSpan().SequenceEqual(Delimiter)) delimiter++;
        if (delimiter == frames.Count) throw new WireException("no <IDS|MSG> delimiter");
        int first = delimiter + 2;
        if (frames.Count < first + JsonFrames)
        {
            throw new WireException(
                $"{Math.Max(0, frames.Count - first)} frames after the signature where {JsonFrames} are needed");
        }

        byte[] signature = frames[delimiter + 1];
        byte[][] signed = [frames[first], frames[first + 1], frames[first + 2], frames[first + 3]];
        if (!_signer.Verify(signature, signed)) throw new WireException("wrong signature");
        JsonObject header = Parse(signed[0], "header");
        var message = new IncomingMessage(
            [.. frames.Take(delimiter)],
            MessageHeader.Read(header, signed[0]),
            Parse(signed[2], "metadata"),
            Parse(signed[3], "content"),
            [.. frames.Skip(first + JsonFrames)]);
        if (_signer.IsActive && !_replays.TryAccept(signature)) throw new WireException("a signature that was used before");
        return message;
    }

    /// <summary>The frames of a message, signed.</summary>
    public IReadOnlyList<byte[]> Write(OutgoingMessage message)
    {
        var header = new JsonObject
        {
            ["msg_id"] = $"{_session}_{Environment.ProcessId}_{Interlocked.Increment(ref _sent)}",
            ["session"] = _session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
            ["msg_type"] = message.Type,
            ["version"] = ProtocolVersion,
        };
        byte[][] signed =
            [Bytes(header), message.Parent?.Json ?? "{}"u8.ToArray(), Bytes(message.Metadata ?? []), Bytes(message.Content)];
        return [.. message.Identities, Delimiter.ToArray(), _signer.Sign(signed), .. signed, .. message.Buffers];
    }

    private static JsonObject Parse(byte[] frame, string what)
    {
        try
        {
            return JsonNode.Parse(frame, nodeOptions: null, Strict) as JsonObject
                ?? throw new WireException($"{what} that is not a JSON object");
        }
        catch (JsonException fault)
        {
            throw new WireException($"{what} that is not JSON ({fault.Message})");
        }
    }

    private static byte[] Bytes(JsonObject json) => JsonSerializer.SerializeToUtf8Bytes(json, Compact);
}
