using System.Text.Json.Nodes;
using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Server;

/// <summary>Answers history_request.</summary>
internal sealed class HistoryService(History history)
{
    /// <summary>The cells that the request asks for, as (session, number, text) or (session, number, (text, value)).</summary>
    /// <exception cref="InvalidRequestException">The way of access is none that the protocol knows.</exception>
    public Reply Find(IncomingMessage request)
    {
        var fields = new RequestFields(request.Header.Type, request.Content);
        bool output = fields.Flag("output", missing: false);
        string access = fields.OptionalText("hist_access_type") ?? "tail";
        IReadOnlyList<HistoryEntry> found = access switch
        {
            "tail" => history.Tail(fields.Number("n")),
            "range" => history.Range(fields.Number("session") ?? 0, fields.Number("start") ?? 0, fields.Number("stop")),
            "search" => history.Search(
                fields.OptionalText("pattern") ?? "*", fields.Flag("unique", missing: false), fields.Number("n")),
            _ => throw new InvalidRequestException(
                $"history_request: expected tail, range or search in 'hist_access_type', got '{access}'"),
        };
        JsonNode[] entries = [.. found.Select(entry => new JsonArray(
            History.Session, entry.Line, output ? new JsonArray(entry.Input, entry.Output) : entry.Input))];
        return new Reply("history_reply", new JsonObject { ["status"] = "ok", ["history"] = new JsonArray(entries) });
    }
}
