using System.Globalization;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;

namespace SegLstm.Jupyter.Notebooks.Parameters;

/// <summary>Values given as text, turned into C# of the declared type.</summary>
internal static class ParameterValue
{
    private const string Settable = "bool, the numbers, char, string, their nullable forms and arrays of them";

    /// <summary>The expression for a value.</summary>
    /// <exception cref="ParameterException">The text is no value of the type.</exception>
    public static string ToCode(NotebookParameter parameter, string text)
    {
        string type = parameter.Type;
        if (type.EndsWith('?'))
        {
            if (text == "null") return "null";
            type = type[..^1];
        }

        if (!type.EndsWith("[]", StringComparison.Ordinal)) return Scalar(parameter, type, text, parameter.Type);
        string element = type[..^2];
        string items = string.Join(", ", Elements(text).Select(item => Element(parameter, element, item)));
        return items.Length == 0 ? $"new {element}[] {{ }}" : $"new {element}[] {{ {items} }}";
    }

    private static string Element(NotebookParameter parameter, string type, string text)
    {
        if (!type.EndsWith('?')) return Scalar(parameter, type, text, parameter.Type);
        return text == "null" ? "null" : Scalar(parameter, type[..^1], text, parameter.Type);
    }

    // `1,2,3`, or a JSON list where an element holds a comma.
    private static IEnumerable<string> Elements(string text)
    {
        string trimmed = text.Trim();
        if (trimmed.Length == 0) return [];
        if (trimmed.StartsWith('[') && trimmed.EndsWith(']'))
        {
            try
            {
                using var json = JsonDocument.Parse(trimmed);
                return [.. json.RootElement.EnumerateArray().Select(item => item.ToString())];
            }
            catch (JsonException)
            {
                trimmed = trimmed[1..^1];
            }
        }

        return trimmed.Split(',', StringSplitOptions.TrimEntries);
    }

    private static string Scalar(NotebookParameter parameter, string type, string text, string expected)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        string? code = type switch
        {
            "string" => SymbolDisplay.FormatLiteral(text, quote: true),
            "char" => text.Length == 1 ? SymbolDisplay.FormatLiteral(text[0], quote: true) : null,
            "bool" => bool.TryParse(text, out bool truth) ? truth ? "true" : "false" : null,
            "sbyte" => sbyte.TryParse(text, NumberStyles.Integer, culture, out sbyte n) ? n.ToString(culture) : null,
            "byte" => byte.TryParse(text, NumberStyles.Integer, culture, out byte n) ? n.ToString(culture) : null,
            "short" => short.TryParse(text, NumberStyles.Integer, culture, out short n) ? n.ToString(culture) : null,
            "ushort" => ushort.TryParse(text, NumberStyles.Integer, culture, out ushort n) ? n.ToString(culture) : null,
            "int" => int.TryParse(text, NumberStyles.Integer, culture, out int n) ? n.ToString(culture) : null,
            "uint" => uint.TryParse(text, NumberStyles.Integer, culture, out uint n) ? n.ToString(culture) : null,
            "long" => long.TryParse(text, NumberStyles.Integer, culture, out long n) ? n.ToString(culture) + "L" : null,
            "ulong" => ulong.TryParse(text, NumberStyles.Integer, culture, out ulong n) ? n.ToString(culture) + "UL" : null,
            "float" => float.TryParse(text, NumberStyles.Float, culture, out float n) && IsMeant(n, text)
                ? Real(n, n.ToString("R", culture) + "f", "float") : null,
            "double" => double.TryParse(text, NumberStyles.Float, culture, out double n) && IsMeant(n, text)
                ? Real(n, Fraction(n), "double") : null,
            "decimal" => decimal.TryParse(text, NumberStyles.Float, culture, out decimal n) ? n.ToString(culture) + "m" : null,
            _ => throw new ParameterException(
                $"parameter {parameter.Name} is of type {expected}, which cannot be set from outside (only {Settable})"),
        };
        string hint = text == "null" ? $"; null needs the type {expected}? in the notebook" : "";
        return code ?? throw new ParameterException(
            $"parameter {parameter.Name}: expected {Readable(expected)}, got '{text}'{hint}");
    }

    // 200 is a double too, but its code must not read as an int where a cell divides by it.
    private static string Fraction(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    // Numbers too large for the type are read as infinite.
    private static bool IsMeant(double value, string text) =>
        !double.IsInfinity(value) || text.Contains("inf", StringComparison.OrdinalIgnoreCase);

    private static string Real(double value, string code, string type) => value switch
    {
        double.NaN => $"{type}.NaN",
        double.PositiveInfinity => $"{type}.PositiveInfinity",
        double.NegativeInfinity => $"{type}.NegativeInfinity",
        _ => code,
    };

    private static string Readable(string type) => type switch
    {
        "bool" or "bool?" => $"{type} (true or false)",
        "int" or "int?" => $"{type} (a whole number of at most {int.MaxValue})",
        "byte" => "byte (0 to 255)",
        "char" => "char (one character)",
        _ => type.EndsWith("[]", StringComparison.Ordinal) ? $"{type} (values with commas between them)" : type,
    };
}
