using System.Text.Json;

namespace SegLstm.Checkpoints.NameMaps;

/// <summary>Reads the .json file of a map. What it does not know is an error.</summary>
internal static class NameMapReader
{
    /// <summary>Reads a map.</summary>
    /// <exception cref="ArgumentException">It is no map; the message tells the rule.</exception>
    public static NameMap Read(string name, Stream json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var root = document.RootElement;
            Only(root, name, "about", "source", "rules");
            var rules = root.GetProperty("rules").EnumerateArray()
                .SelectMany((rule, i) => Rules(rule, $"{name}, rule {i}")).ToList();
            return new NameMap(name, Text(root, "about"), Text(root, "source"), rules);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new ArgumentException($"The name map {name} cannot be read: {fault.Message}", fault);
        }
    }

    private static IEnumerable<NameRule> Rules(JsonElement rule, string where)
    {
        switch (rule.EnumerateObject().First().Name)
        {
            case "rename":
                Only(rule, where, "rename", "to");
                return [new NameRule.Renaming(Text(rule, "rename"), Text(rule, "to"))];
            case "drop":
                Only(rule, where, "drop");
                return [new NameRule.Dropping(Text(rule, "drop"), isMatchKept: false)];
            case "keep":
                Only(rule, where, "keep");
                return [new NameRule.Dropping(Text(rule, "keep"), isMatchKept: true)];
            case "concat":
                Only(rule, where, "concat", "to", "dimension");
                string[] patterns = [.. rule.GetProperty("concat").EnumerateArray().Select(pattern => pattern.GetString()!)];
                return [new NameRule.Joining(patterns, Text(rule, "to"), rule.GetProperty("dimension").GetInt32())];
            case "transpose":
                Only(rule, where, "transpose", "dimensions");
                int[] dimensions = [.. rule.GetProperty("dimensions").EnumerateArray().Select(dimension => dimension.GetInt32())];
                return
                [
                    new NameRule.Changing(Text(rule, "transpose"), "the transposition",
                        tensor => TensorOperations.Transposed(tensor, dimensions[0], dimensions[1])),
                ];
            case "operation":
                Only(rule, where, "operation", "on");
                return [new NameRule.Changing(Text(rule, "on"), Text(rule, "operation"),
                    TensorOperations.Get(Text(rule, "operation")))];
            case "include":
                Only(rule, where, "include");
                return NameMap.Get(Text(rule, "include")).Rules;
            case var other:
                throw new ArgumentException($"{where}: there is no rule '{other}'.");
        }
    }

    private static string Text(JsonElement element, string field) => element.GetProperty(field).GetString()!;

    private static void Only(JsonElement element, string where, params ReadOnlySpan<string> fields)
    {
        foreach (var property in element.EnumerateObject())
        {
            if (!fields.Contains(property.Name))
            {
                throw new ArgumentException(
                    $"{where} has the field '{property.Name}': expected {string.Join(", ", fields.ToArray())}.");
            }
        }
    }
}
