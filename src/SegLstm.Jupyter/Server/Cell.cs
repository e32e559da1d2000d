using SegLstm.Jupyter.Messaging.Wire;

namespace SegLstm.Jupyter.Server;

/// <summary>What an execute_request asks for.</summary>
internal sealed record Cell(
    string Code,
    bool Silent,
    bool StoreHistory,
    bool AllowInput,
    bool StopOnError,
    IReadOnlyDictionary<string, string> Expressions)
{
    /// <summary>Reads a request.</summary>
    /// <exception cref="InvalidRequestException">A field is missing or of a wrong type.</exception>
    public static Cell Read(IncomingMessage request)
    {
        var fields = new RequestFields(request.Header.Type, request.Content);
        bool silent = fields.Flag("silent", missing: false);
        var expressions = new RequestFields("user_expressions", fields.Object("user_expressions"));
        return new Cell(
            fields.Text("code"),
            silent,
            !silent && fields.Flag("store_history", missing: true),
            fields.Flag("allow_stdin", missing: false),
            fields.Flag("stop_on_error", missing: true),
            fields.Object("user_expressions").ToDictionary(pair => pair.Key, pair => expressions.Text(pair.Key)));
    }

    /// <summary>Whether it has any code.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Code);
}
