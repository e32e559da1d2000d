using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Server;

/// <summary>
/// Does what every request of a channel has in common: busy before, idle behind, one answer, and no failure that ends the kernel.
/// </summary>
/// <param name="channel">The channel's name, for messages.</param>
/// <param name="handlers">Type of request to what answers it; an answer may be null for messages that are no requests.</param>
/// <param name="publisher">Where busy and idle go.</param>
/// <param name="log">Hears of unknown and failed requests.</param>
internal sealed class RequestDispatcher(
    string channel,
    IReadOnlyDictionary<string, Func<IncomingMessage, CancellationToken, Reply?>> handlers,
    PublisherChannel publisher,
    KernelLog log)
{
    /// <summary>Answers a request.</summary>
    /// <param name="source">Where it came from.</param>
    /// <param name="message">The request.</param>
    /// <param name="interrupt">Asks the work to stop.</param>
    public void Handle(RouterChannel source, IncomingMessage message, CancellationToken interrupt)
    {
        publisher.PublishStatus("busy", message.Header);
        Reply? reply = Answer(message, interrupt);
        if (reply is not null) Send(source, message, reply);
        publisher.PublishStatus("idle", message.Header);
        reply?.Afterwards?.Invoke();
    }

    /// <summary>Answers a request whose turn will not come because a cell before it failed.</summary>
    public void Abort(RouterChannel source, IncomingMessage message)
    {
        publisher.PublishStatus("busy", message.Header);
        Send(source, message, new Reply(Reply.TypeFor(message.Header.Type), new JsonObject { ["status"] = "aborted" }));
        publisher.PublishStatus("idle", message.Header);
    }

    private static void Send(RouterChannel source, IncomingMessage message, Reply reply) =>
        source.Send(new OutgoingMessage(reply.Type, reply.Content) { Parent = message.Header, Identities = message.Identities });

    private Reply? Answer(IncomingMessage message, CancellationToken interrupt)
    {
        string type = message.Header.Type;
        try
        {
            return handlers.TryGetValue(type, out Func<IncomingMessage, CancellationToken, Reply?>? handler)
                ? handler(message, interrupt)
                : Unknown(type);
        }
        catch (InvalidRequestException fault)
        {
            return Failure(type, "InvalidRequest", fault.Message);
        }
        catch (OperationCanceledException)
        {
            return Failure(type, CellError.Interrupted, "The request was interrupted.");
        }
        catch (Exception fault)
        {
            log.Write($"{type} failed: {fault}");
            return Failure(type, fault.GetType().Name, fault.Message);
        }
    }

    private Reply? Unknown(string type)
    {
        log.Write($"unknown message on {channel}: {type}");
        return Failure(type, "UnsupportedRequest", $"{type}: this kernel does not answer it on {channel}. "
            + $"It answers {string.Join(", ", handlers.Keys)}.");
    }

    /// <summary>An error as the answer to a request; nothing to a message that is none, for nobody waits for an answer.</summary>
    private static Reply? Failure(string type, string name, string message) =>
        type.EndsWith("_request", StringComparison.Ordinal)
            ? Reply.Failure(type, new CellError(name, message, [$"{name}: {message}"]))
            : null;
}
