using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Server;

/// <summary>The fields of a request, checked as they are read.</summary>
/// <param name="type">The request's type, for messages.</param>
/// <param name="content">The request's content.</param>
internal readonly struct RequestFields(string type, JsonObject content)
{
    /// <summary>A string.</summary>
    /// <exception cref="InvalidRequestException">It is missing, or no string.</exception>
    public string Text(string name) => OptionalText(name) ?? throw Wrong(name, "a string");

    /// <summary>A string, or null where it is missing.</summary>
    /// <exception cref="InvalidRequestException">It is no string.</exception>
    public string? OptionalText(string name)
    {
        if (content[name] is not { } node) return null;
        try
        {
            return node is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong(name, "a string");
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "text without broken surrogate pairs");
        }
    }

    /// <summary>A truth value.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public bool Flag(string name, bool missing)
    {
        if (content[name] is not { } node) return missing;
        return node is JsonValue value && value.TryGetValue(out bool flag) ? flag : throw Wrong(name, "true or false");
    }

    /// <summary>A whole number, or null where it is missing; what does not fit is taken as the nearest that does.</summary>
    /// <exception cref="InvalidRequestException">It is no number.</exception>
    public int? Number(string name)
    {
        if (content[name] is not { } node) return null;
        return node is JsonValue value && value.TryGetValue(out double number) && !double.IsNaN(number)
            ? (int)Math.Clamp(number, int.MinValue, int.MaxValue)
            : throw Wrong(name, "a number");
    }

    /// <summary>An object; empty where it is missing.</summary>
    /// <exception cref="InvalidRequestException">It is something else.</exception>
    public JsonObject Object(string name)
    {
        if (content[name] is not { } node) return [];
        return node as JsonObject ?? throw Wrong(name, "an object");
    }

    private InvalidRequestException Wrong(string name, string expected)
    {
        string got = content[name] is { } node ? node.GetValueKind().ToString().ToLowerInvariant() : "nothing";
        return new InvalidRequestException($"{type}: expected {expected} in '{name}', got {got}");
    }
}
