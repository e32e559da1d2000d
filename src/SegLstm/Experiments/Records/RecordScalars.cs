using System.Globalization;
using System.Text.Json;

namespace SegLstm.Experiments.Records;

/// <summary>Single values as text: how each type is read and written, the same on every machine.</summary>
internal static class RecordScalars
{
    private const NumberStyles Whole = NumberStyles.AllowLeadingSign;

    private const NumberStyles Real =
        NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    /// <summary>Whether a type is one value.</summary>
    public static bool Holds(Type type) => type.IsEnum || type == typeof(string) || type == typeof(bool) || type == typeof(int)
        || type == typeof(long) || type == typeof(float) || type == typeof(double);

    /// <summary>What to write for a type, in words.</summary>
    public static string Expected(Type type) =>
        type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type).Select(Word))}"
        : type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(int) ? $"a whole number of at most {int.MaxValue}"
        : type == typeof(long) ? "a whole number"
        : "a number";

    /// <summary>The value of a text; null where the text is none of the type.</summary>
    public static object? Parse(ScalarNode node, Type type)
    {
        string text = node.Text;
        if (type == typeof(string)) return text;
        if (node.Quoted) return null;
        if (type.IsEnum)
        {
            return Array.Find(Enum.GetNames(type), name => Word(name) == text) is { } found ? Enum.Parse(type, found) : null;
        }

        if (type == typeof(bool)) return text switch { "true" => true, "false" => false, _ => null };
        if (type == typeof(int)) return int.TryParse(text, Whole, CultureInfo.InvariantCulture, out int count) ? count : null;
        if (type == typeof(long)) return long.TryParse(text, Whole, CultureInfo.InvariantCulture, out long big) ? big : null;
        if (Special(text) is { } special) return type == typeof(float) ? (object)(float)special : special;
        if (type == typeof(float)) return float.TryParse(text, Real, CultureInfo.InvariantCulture, out float s) ? s : null;
        return double.TryParse(text, Real, CultureInfo.InvariantCulture, out double value) ? value : null;
    }

    /// <summary>A value as <see cref="Parse"/> reads it back, to the last bit.</summary>
    public static string Write(object value) => value switch
    {
        bool truth => truth ? "true" : "false",
        Enum name => Word(name.ToString()),
        double.NaN or float.NaN => ".nan",
        double.PositiveInfinity or float.PositiveInfinity => ".inf",
        double.NegativeInfinity or float.NegativeInfinity => "-.inf",
        double or float => Number(((IFormattable)value).ToString("R", CultureInfo.InvariantCulture)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    // Readers of YAML 1.1 take 1E-06 for text: a mantissa has a point there.
    private static string Number(string digits)
    {
        string lower = digits.Replace('E', 'e');
        int exponent = lower.IndexOf('e', StringComparison.Ordinal);
        return exponent < 0 || lower.Contains('.', StringComparison.Ordinal) ? lower : lower.Insert(exponent, ".0");
    }

    private static double? Special(string text) => text switch
    {
        ".nan" => double.NaN,
        ".inf" or "+.inf" => double.PositiveInfinity,
        "-.inf" => double.NegativeInfinity,
        _ => null,
    };

    private static string Word(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}
