using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Cells;

/// <summary>What cells show in the JSON that the protocol and notebook files share.</summary>
internal static class JsonForms
{
    /// <summary>Forms of a value, MIME type to content, copied: a JSON value belongs to one document only.</summary>
    public static JsonObject Of(IReadOnlyDictionary<string, JsonNode> forms)
    {
        var copy = new JsonObject();
        foreach ((string type, JsonNode form) in forms) copy[type] = form?.DeepClone();
        return copy;
    }

    /// <summary>The name of a stream.</summary>
    public static string Name(OutputStream stream) => stream == OutputStream.Stdout ? "stdout" : "stderr";
}
