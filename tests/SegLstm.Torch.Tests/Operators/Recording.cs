using System.Globalization;
using System.Text.Json;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

/// <summary>What PyTorch computed for the expressions of a theme (Recorded/*.json).</summary>
internal static class Recording
{
    private static readonly Dictionary<string, JsonElement> Themes = [];

    internal static IEnumerable<string> Expressions(string theme) => Theme(theme).EnumerateObject().Select(entry => entry.Name).Order();

    /// <summary>What PyTorch printed.</summary>
    internal static string Text(string theme, string expression) => Theme(theme).GetProperty(expression).GetString()!;

    /// <summary>Asserts that the computation gives the recorded element type, shape and elements.</summary>
    internal static void Check(string theme, string expression, Func<Tensor> compute)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor actual = compute();
        JsonElement expected = Theme(theme).GetProperty(expression);
        Assert.Equal(expected.GetProperty("type").GetString(), TypeName(actual.dtype));
        Assert.Equal(expected.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), actual.shape);

        double[] wanted = [.. expected.GetProperty("values").EnumerateArray().Select(Number)];
        double[] got = actual.to_type(ScalarType.Float64).contiguous().data<double>().ToArray();
        double tolerance = actual.dtype switch { ScalarType.Float32 => 2e-6, ScalarType.Float64 => 1e-12, _ => 0 };
        for (int k = 0; k < wanted.Length; k++)
        {
            bool equal = wanted[k].Equals(got[k]) || wanted[k] == got[k] || Math.Abs(wanted[k] - got[k]) <= tolerance * Math.Max(1, Math.Abs(wanted[k]));
            Assert.True(equal, $"{expression}: element {k} is {got[k]:R}, PyTorch gives {wanted[k]:R}");
        }
    }

    private static JsonElement Theme(string theme)
    {
        lock (Themes)
        {
            if (!Themes.TryGetValue(theme, out JsonElement root))
            {
                string path = Path.Combine(AppContext.BaseDirectory, "Operators", "Recorded", theme + ".json");
                Themes[theme] = root = JsonDocument.Parse(File.ReadAllText(path)).RootElement;
            }
            return root;
        }
    }

    private static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        JsonValueKind.Number => value.GetDouble(),
        _ => value.GetString() switch
        {
            "nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            var text => double.Parse(text!, CultureInfo.InvariantCulture),
        },
    };

    private static string TypeName(ScalarType type) => type == ScalarType.Byte ? "uint8" : type.ToString().ToLowerInvariant();
}
