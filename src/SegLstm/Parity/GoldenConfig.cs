using System.Text.Json;

namespace SegLstm.Parity;

/// <summary>The <c>config</c> of a side file. It remembers what was asked for, so that a key that nobody knows is an error.</summary>
/// <param name="config">A JSON object.</param>
public sealed class GoldenConfig(JsonElement config)
{
    private readonly HashSet<string> known = [];

    /// <summary>Whether a key is there with a value other than null.</summary>
    public bool Has(string key) => Find(key) is { ValueKind: not JsonValueKind.Null };

    /// <summary>Whether a key is there, be it with null.</summary>
    public bool Contains(string key) => Find(key) is not null;

    /// <summary>A text.</summary>
    /// <exception cref="GoldenException">The key is missing or holds something else, here and in the methods below.</exception>
    public string Text(string key) => Need(key, JsonValueKind.String).GetString()!;

    /// <summary>A text or a default.</summary>
    public string? Text(string key, string? otherwise) => Has(key) ? Text(key) : otherwise;

    /// <summary>An integer.</summary>
    public long Integer(string key) => Need(key, JsonValueKind.Number).TryGetInt64(out var value) ? value : throw Wrong(key, "an integer");

    /// <summary>An integer or a default.</summary>
    public long Integer(string key, long otherwise) => Has(key) ? Integer(key) : otherwise;

    /// <summary>A number.</summary>
    public double Number(string key) => Need(key, JsonValueKind.Number).GetDouble();

    /// <summary>A number or a default.</summary>
    public double Number(string key, double otherwise) => Has(key) ? Number(key) : otherwise;

    /// <summary>A truth value.</summary>
    public bool Flag(string key) => Find(key) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(key, "true or false"),
    };

    /// <summary>A truth value or a default.</summary>
    public bool Flag(string key, bool otherwise) => Has(key) ? Flag(key) : otherwise;

    /// <summary>A list of integers; a single integer counts as a list of one.</summary>
    public long[] Integers(string key)
    {
        var value = Find(key);
        if (value is { ValueKind: JsonValueKind.Number })
        {
            return [Integer(key)];
        }

        return value is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out _))
            ? [.. array.EnumerateArray().Select(item => item.GetInt64())]
            : throw Wrong(key, "a list of integers");
    }

    /// <summary>A list of integers or a default.</summary>
    public long[] Integers(string key, long[] otherwise) => Has(key) ? Integers(key) : otherwise;

    /// <summary>A list of numbers or null.</summary>
    public double[]? Numbers(string key) =>
        !Has(key) ? null
        : Find(key) is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number)
            ? [.. array.EnumerateArray().Select(item => item.GetDouble())]
            : throw Wrong(key, "a list of numbers");

    /// <summary>A list of shapes.</summary>
    public long[][] Shapes(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Array)
            ? [.. array.EnumerateArray().Select(item => item.EnumerateArray().Select(size => size.GetInt64()).ToArray())]
            : throw Wrong(key, "a list of shapes");

    /// <summary>An object inside, with keys of its own; whoever asks for it calls its <see cref="Finish"/>.</summary>
    public GoldenConfig Part(string key) => new(Need(key, JsonValueKind.Object));

    /// <summary>Texts.</summary>
    public string[] Texts(string key) =>
        Find(key) is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. array.EnumerateArray().Select(item => item.GetString()!)]
            : throw Wrong(key, "a list of texts");

    /// <summary>Keys that say how a case was made and change nothing in what is computed.</summary>
    public void Note(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            known.Add(key);
        }
    }

    /// <summary>Refuses a key whose value must be one given value.</summary>
    /// <exception cref="GoldenException">Another value.</exception>
    public void Only(string key, string value)
    {
        if (Has(key) && Text(key) != value)
        {
            throw Wrong(key, $"'{value}'");
        }
    }

    /// <summary>Refuses switches that are on: this library lacks what they switch on.</summary>
    /// <exception cref="GoldenException">One is on.</exception>
    public void Off(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (Flag(key, false))
            {
                throw Wrong(key, "false");
            }
        }
    }

    /// <summary>Called when everything has been asked for.</summary>
    /// <exception cref="GoldenException">There are keys that nobody asked for.</exception>
    public void Finish()
    {
        var unknown = config.EnumerateObject().Select(property => property.Name).Where(name => !known.Contains(name)).ToArray();
        if (unknown.Length > 0)
        {
            throw new GoldenException(
                $"cannot be built: config has the unknown key{(unknown.Length > 1 ? "s" : "")} {string.Join(", ", unknown)}; known here are {string.Join(", ", known.Order(StringComparer.Ordinal))}");
        }
    }

    /// <summary>An error that quotes a key and what it holds.</summary>
    public GoldenException Wrong(string key, string expected) =>
        new($"cannot be built: config.{key} must be {expected}, got {(Find(key) is { } value ? value.GetRawText() : "nothing")}");

    private JsonElement? Find(string key)
    {
        known.Add(key);
        return config.TryGetProperty(key, out var value) ? value : null;
    }

    private JsonElement Need(string key, JsonValueKind kind) =>
        Find(key) is { } value && value.ValueKind == kind ? value : throw Wrong(key, kind switch
        {
            JsonValueKind.String => "a text",
            JsonValueKind.Number => "a number",
            _ => kind.ToString(),
        });
}
