using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SegLstm.Training;

/// <summary>How the files of a run's folder are written as JSON: snake_case names, NaN as "NaN".</summary>
internal static class RunJson
{
    /// <summary>For a file.</summary>
    public static JsonSerializerOptions Indented { get; } = Options(true);

    /// <summary>For a line.</summary>
    public static JsonSerializerOptions OneLine { get; } = Options(false);

    private static JsonSerializerOptions Options(bool indented) => new()
    {
        WriteIndented = indented,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };
}
