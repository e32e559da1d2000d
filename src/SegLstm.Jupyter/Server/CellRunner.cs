using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;
using SegLstm.Jupyter.Languages;
using SegLstm.Jupyter.Messaging.Wire;
using SegLstm.Jupyter.Sessions;

namespace SegLstm.Jupyter.Server;

/// <summary>Answers execute_request: runs the cell, publishes what it shows, counts it and notes it in the history.</summary>
internal sealed class CellRunner(
    NotebookSession session,
    PublisherChannel publisher,
    InputRequests input,
    History history,
    RunningRequest running,
    KernelLog log)
{
    private int _count;

    /// <summary>Runs a cell.</summary>
    /// <param name="request">The request.</param>
    /// <param name="interrupt">Asks the cell to stop.</param>
    /// <param name="failed">Called, before the answer is made, where the cell failed and those behind it are not to run.</param>
    public Reply Run(IncomingMessage request, CancellationToken interrupt, Action failed)
    {
        Cell cell = Cell.Read(request);
        int number = _count + 1;
        bool counts = cell.StoreHistory && !cell.IsEmpty;
        var output = new FrontEndOutput(publisher, input, request, number, cell.Silent, cell.AllowInput, interrupt);
        running.Shows(output);
        if (!cell.Silent)
        {
            var shown = new JsonObject { ["code"] = cell.Code, ["execution_count"] = number };
            publisher.Publish(new OutgoingMessage("execute_input", shown) { Parent = request.Header });
        }

        HelpQuestion? question = HelpQuestion.Parse(cell.Code);
        Inspection? page = null;
        CellResult result = question is null
            ? Run(cell, number, output, interrupt)
            : Answer(question, output, interrupt, out page);
        output.Flush();
        if (result.Error is { } error) output.Fail(error);
        if (counts)
        {
            _count = number;
            history.Add(number, cell.Code, output.ResultText);
        }

        if (result.Error is not null && cell.StopOnError) failed();
        return new Reply("execute_reply", Content(result, page));
    }

    private CellResult Run(Cell cell, int number, FrontEndOutput output, CancellationToken interrupt)
    {
        if (cell.IsEmpty && cell.Expressions.Count == 0) return new CellResult(Error: null);
        var request = new CellRequest(cell.Code, number) { UserExpressions = cell.Expressions };
        return Guarded(() => session.RunAsync(request, output, interrupt).GetAwaiter().GetResult());
    }

    private CellResult Answer(HelpQuestion question, FrontEndOutput output, CancellationToken interrupt, out Inspection? page)
    {
        Inspection? found = null;
        CellResult result = Guarded(() =>
        {
            found = session.InspectAsync(question.Code, question.Code.Length, question.Detailed, interrupt)
                .GetAwaiter().GetResult();
            return new CellResult(Error: null);
        });
        page = found;
        if (found is null && result.Error is null) output.Write(OutputStream.Stdout, $"Nothing is known of '{question.Code}'.\n");
        return result;
    }

    /// <summary>
    /// Failures of cells come back as results; should one come as an exception all the same, the kernel goes on.
    /// </summary>
    private CellResult Guarded(Func<CellResult> work)
    {
        try
        {
            return work();
        }
        catch (OperationCanceledException)
        {
            return new CellResult(CellErrors.Interrupted);
        }
        catch (Exception fault)
        {
            log.Write($"a cell ended in an unforeseen way: {fault}");
            return new CellResult(CellErrors.Of(fault));
        }
    }

    private JsonObject Content(CellResult result, Inspection? page)
    {
        JsonObject content = result.Error is { } error ? Reply.Describe(error) : new JsonObject { ["status"] = "ok" };
        content["execution_count"] = _count;
        content["user_expressions"] = new JsonObject(result.UserExpressions.Select(
            pair => KeyValuePair.Create(pair.Key, (JsonNode?)Describe(pair.Value))));
        content["payload"] = page is null
            ? []
            : new JsonArray(new JsonObject { ["source"] = "page", ["data"] = LanguageService.Forms(page), ["start"] = 0 });
        return content;
    }

    private static JsonObject Describe(UserExpression expression)
    {
        if (expression.Error is { } error) return Reply.Describe(error);
        MimeBundle value = expression.Value ?? MimeBundle.Plain("");
        return new JsonObject
        {
            ["status"] = "ok",
            ["data"] = JsonForms.Of(value.Data),
            ["metadata"] = JsonForms.Of(value.Metadata),
        };
    }
}
