using System.Text.Json.Nodes;
using SegLstm.Jupyter.Languages;

namespace SegLstm.Jupyter.Server;

/// <summary>Forms of a value as JSON: MIME type to content.</summary>
internal static class JsonForms
{
    /// <summary>The forms, copied: a JSON value belongs to one document only.</summary>
    public static JsonObject Of(IReadOnlyDictionary<string, JsonNode> forms)
    {
        var copy = new JsonObject();
        foreach ((string type, JsonNode form) in forms) copy[type] = form.DeepClone();
        return copy;
    }

    /// <summary>What is known of a piece of code, as text and where there is one as HTML.</summary>
    public static JsonObject Of(Inspection inspection)
    {
        var forms = new JsonObject { ["text/plain"] = inspection.Text };
        if (inspection.Html is { } html) forms["text/html"] = html;
        return forms;
    }
}
