using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SegLstm.Jupyter.Notebooks;

/// <summary>How a file's JSON is laid out, so that what is added looks like the rest. Keys are sorted, as Jupyter sorts
/// them.</summary>
/// <param name="Unit">One step of indentation; null where all stands on one line.</param>
/// <param name="LineEnd">What ends a line.</param>
/// <param name="IsTight">No space after `:`, and none after `,` within a line.</param>
internal sealed record JsonStyle(string? Unit, string LineEnd, bool IsTight)
{
    /// <summary>The style of a file whose outermost value is an object.</summary>
    public static JsonStyle Of(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> rest = file[(file.IndexOf((byte)'{') + 1)..];
        int key = rest.IndexOfAnyExcept(" \t\r\n"u8);
        ReadOnlySpan<byte> gap = rest[..Math.Max(0, key)];
        int line = gap.LastIndexOf((byte)'\n');
        int colon = rest.IndexOf((byte)':');
        bool isTight = colon >= 0 && colon + 1 < rest.Length && !" \n\r\t"u8.Contains(rest[colon + 1]);
        return new JsonStyle(
            line < 0 ? null : Encoding.ASCII.GetString(gap[(line + 1)..]), gap.Contains((byte)'\r') ? "\r\n" : "\n", isTight);
    }

    /// <summary>A value as text, as it stands in a line that is indented so far.</summary>
    /// <param name="value">The value.</param>
    /// <param name="indent">The indentation of the line; null to keep the value on one line.</param>
    public byte[] Write(JsonNode? value, string? indent)
    {
        var text = new StringBuilder();
        Append(text, value, Unit is null ? null : indent);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>`"key": `, as this style writes it.</summary>
    public string Key(string key)
    {
        var text = new StringBuilder();
        AppendString(text, key);
        return text.Append(IsTight ? ":" : ": ").ToString();
    }

    private void Append(StringBuilder text, JsonNode? value, string? indent)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case JsonObject thing:
                AppendItems(text, '{', '}', thing.OrderBy(pair => pair.Key, StringComparer.Ordinal), indent, (pair, inner) =>
                {
                    text.Append(Key(pair.Key));
                    Append(text, pair.Value, inner);
                });
                break;
            case JsonArray list:
                AppendItems(text, '[', ']', list, indent, (item, inner) => Append(text, item, inner));
                break;
            default:
                if (value.GetValueKind() == JsonValueKind.String) AppendString(text, value.GetValue<string>());
                else text.Append(value.ToJsonString());
                break;
        }
    }

    private void AppendItems<T>(
        StringBuilder text, char open, char close, IEnumerable<T> items, string? indent, Action<T, string?> append)
    {
        text.Append(open);
        string? inner = indent is null ? null : indent + Unit;
        bool any = false;
        foreach (T item in items)
        {
            if (any) text.Append(indent is null && !IsTight ? ", " : ",");
            if (inner is not null) text.Append(LineEnd).Append(inner);
            append(item, inner);
            any = true;
        }

        if (any && inner is not null) text.Append(LineEnd).Append(indent);
        text.Append(close);
    }

    // As Python's json with ensure_ascii=False.
    private static void AppendString(StringBuilder text, string value)
    {
        text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            bool isPair = char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]);
            if (isPair) text.Append(c).Append(value[++i]);
            else if (c < ' ' || char.IsSurrogate(c) || c is '"' or '\\') text.Append(Escape(c));
            else text.Append(c);
        }

        text.Append('"');
    }

    private static string Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => "\\\\",
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        '\b' => "\\b",
        '\f' => "\\f",
        _ => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
    };
}
