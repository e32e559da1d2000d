using System.Text.Json.Nodes;
using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Server;

/// <summary>Answers complete_request, inspect_request and is_complete_request.</summary>
internal sealed class LanguageService(NotebookSession session, KernelLog log)
{
    /// <summary>What could stand at the cursor.</summary>
    public Reply Complete(IncomingMessage request, CancellationToken interrupt)
    {
        (string code, int position) = Read(request);
        CompletionList list = session.CompleteAsync(code, position, interrupt).GetAwaiter().GetResult();
        int start = CodePoints.FromUtf16(code, list.Start), end = CodePoints.FromUtf16(code, list.End);
        JsonNode[] typed = [.. list.Items.Select(item => new JsonObject
        {
            ["start"] = start,
            ["end"] = end,
            ["text"] = item.Text,
            ["type"] = item.Kind,
            ["signature"] = item.Signature,
        })];
        return new Reply("complete_reply", new JsonObject
        {
            ["status"] = "ok",
            ["matches"] = new JsonArray([.. list.Items.Select(item => (JsonNode)item.Text)]),
            ["cursor_start"] = start,
            ["cursor_end"] = end,
            ["metadata"] = new JsonObject { ["_jupyter_types_experimental"] = new JsonArray(typed) },
        });
    }

    /// <summary>What stands at the cursor.</summary>
    public Reply Inspect(IncomingMessage request, CancellationToken interrupt)
    {
        (string code, int position) = Read(request);
        bool detailed = new RequestFields(request.Header.Type, request.Content).Number("detail_level") is > 0;
        Inspection? found = session.InspectAsync(code, position, detailed, interrupt).GetAwaiter().GetResult();
        return new Reply("inspect_reply", new JsonObject
        {
            ["status"] = "ok",
            ["found"] = found is not null,
            ["data"] = found is null ? [] : Forms(found),
            ["metadata"] = new JsonObject(),
        });
    }

    /// <summary>Whether a console can run the code at the end of a line.</summary>
    public Reply IsComplete(IncomingMessage request)
    {
        // The protocol has no error for this question: a failure is an unknown.
        var state = new Completeness(CompletenessKind.Unknown);
        try
        {
            state = session.IsComplete(new RequestFields(request.Header.Type, request.Content).Text("code"));
        }
        catch (Exception fault)
        {
            log.Write($"is_complete_request failed: {fault.Message}");
        }

        var content = new JsonObject { ["status"] = state.Kind.ToString().ToLowerInvariant() };
        if (state.Kind == CompletenessKind.Incomplete) content["indent"] = state.Indent;
        return new Reply("is_complete_reply", content);
    }

    /// <summary>What is known of a piece of code, as text and where there is one as HTML.</summary>
    internal static JsonObject Forms(Inspection inspection)
    {
        var forms = new JsonObject { ["text/plain"] = inspection.Text };
        if (inspection.Html is { } html) forms["text/html"] = html;
        return forms;
    }

    private static (string Code, int Position) Read(IncomingMessage request)
    {
        var fields = new RequestFields(request.Header.Type, request.Content);
        string code = fields.Text("code");
        return (code, CodePoints.ToUtf16(code, fields.Number("cursor_pos") ?? int.MaxValue));
    }
}
