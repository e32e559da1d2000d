using System.Text.Json.Nodes;
using SegLstm.Jupyter.Cells;

namespace SegLstm.Jupyter.Server;

/// <summary>The answer to a request.</summary>
/// <param name="Type">Its type, such as `execute_reply`.</param>
/// <param name="Content">Its content, `status` included.</param>
internal sealed record Reply(string Type, JsonObject Content)
{
    private const string Request = "_request";

    /// <summary>What to do once the answer is sent and the request's end is published; null for nothing.</summary>
    public Action? Afterwards { get; init; }

    /// <summary>The answer to a request that failed.</summary>
    /// <param name="requestType">Such as `execute_request`.</param>
    /// <param name="error">Why.</param>
    public static Reply Failure(string requestType, CellError error) => new(TypeFor(requestType), Describe(error));

    /// <summary>The type of the answer to a type of request.</summary>
    public static string TypeFor(string requestType) =>
        (requestType.EndsWith(Request, StringComparison.Ordinal) ? requestType[..^Request.Length] : requestType) + "_reply";

    /// <summary>An error in the protocol's words, `status` included.</summary>
    public static JsonObject Describe(CellError error)
    {
        JsonObject content = Published(error);
        content["status"] = "error";
        return content;
    }

    /// <summary>An error as it is published to every client.</summary>
    public static JsonObject Published(CellError error) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = error.Message,
        ["traceback"] = new JsonArray([.. error.Traceback.Select(line => (JsonNode)line)]),
    };
}
