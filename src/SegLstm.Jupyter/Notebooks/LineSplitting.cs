using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks;

/// <summary>Texts as lists of lines, which is how nbformat stores them so that differences can be read.</summary>
internal static class LineSplitting
{
    /// <summary>A copy of outputs whose texts are lists of lines.</summary>
    public static JsonArray Split(JsonArray outputs)
    {
        var split = (JsonArray)outputs.DeepClone();
        foreach (JsonNode? output in split)
        {
            if (output is not JsonObject thing) continue;
            if (thing["text"] is JsonValue text && text.GetValueKind() == JsonValueKind.String)
                thing["text"] = Lines(text.GetValue<string>());
            if (thing["data"] is not JsonObject data) continue;
            foreach (string type in data.Select(pair => pair.Key).ToArray())
            {
                bool isText = type.StartsWith("text/", StringComparison.Ordinal)
                    || type is "application/javascript" or "image/svg+xml";
                if (isText && data[type] is JsonValue value && value.GetValueKind() == JsonValueKind.String)
                {
                    data[type] = Lines(value.GetValue<string>());
                }
            }
        }

        return split;
    }

    /// <summary>The lines of a text, each with its end; those of Python's `splitlines`, for nbformat is written in it.</summary>
    public static JsonArray Lines(string text)
    {
        var lines = new JsonArray();
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('\n' or '\r' or '\v' or '\f' or '\x1c' or '\x1d' or '\x1e' or '\x85' or '\u2028' or '\u2029'))
                continue;
            if (text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n') i++;
            lines.Add(text[start..(i + 1)]);
            start = i + 1;
        }

        if (start < text.Length) lines.Add(text[start..]);
        return lines;
    }

    /// <summary>A text that may be stored as a list of lines.</summary>
    public static string Join(JsonNode? node) => node switch
    {
        JsonArray lines => string.Concat(lines.Select(line => line is JsonValue ? line.ToString() : "")),
        JsonValue value => value.ToString(),
        _ => "",
    };
}
