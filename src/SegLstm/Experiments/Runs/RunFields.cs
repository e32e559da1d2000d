using System.Text.Json;

namespace SegLstm.Experiments.Runs;

/// <summary>A JSON file as paths and values, so that runs can be filtered and compared by any of them.</summary>
internal static class RunFields
{
    /// <summary>Every value below an element; a list of single values counts as one.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Of(JsonElement element, string path = "")
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                return element.EnumerateObject().SelectMany(p => Of(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}"));
            case JsonValueKind.Array when element.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object):
                return element.EnumerateArray().SelectMany((item, i) => Of(item, $"{path}[{i}]"));
            case JsonValueKind.Array:
                return [new(path, $"[{string.Join(", ", element.EnumerateArray().Select(item => item.ToString()))}]")];
            default:
                return [new(path, element.ValueKind == JsonValueKind.Null ? "null"
                    : element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText())];
        }
    }
}
