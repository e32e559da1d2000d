using System.Text.Json;

namespace SegLstm.Parity;

/// <summary>The tolerances that a side file states, for one precision.</summary>
/// <param name="Outputs">For outputs, the loss, and running statistics.</param>
/// <param name="Gradients">For gradients.</param>
public sealed record Tolerance(Limit Outputs, Limit Gradients)
{
    /// <summary>Nothing may differ.</summary>
    public static Tolerance Exact { get; } = new(new Limit(null, 0, 0), new Limit(null, 0, 0));

    /// <summary>Reads <c>tolerance_advice</c> or <c>tolerance</c>.</summary>
    /// <param name="sideFile">The whole side file.</param>
    /// <param name="precision">Which of them.</param>
    /// <exception cref="GoldenException">The file states none for this precision, or one that is not a positive number.</exception>
    public static Tolerance Read(JsonElement sideFile, Precision precision)
    {
        if (sideFile.TryGetProperty("tolerance_advice", out var advice))
        {
            return Advised(advice, precision);
        }

        if (!sideFile.TryGetProperty("tolerance", out var stated))
        {
            throw new GoldenException("states neither 'tolerance_advice' nor 'tolerance'");
        }

        if (stated.ValueKind == JsonValueKind.Number)
        {
            var relative = new Limit(null, Positive(stated, "tolerance"), 0);
            return new Tolerance(relative, relative);
        }

        var outputs = new Limit(null, Find(stated, "rtol") ?? throw Missing("tolerance.rtol"), Find(stated, "atol") ?? throw Missing("tolerance.atol"));
        return new Tolerance(outputs, new Limit(null, Find(stated, "grad_rtol") ?? outputs.Relative, Find(stated, "grad_atol") ?? outputs.Absolute));
    }

    private static Tolerance Advised(JsonElement advice, Precision precision)
    {
        if (advice.TryGetProperty("metric", out var metric) && metric.GetString() != "max|a-b| / max|b| per tensor")
        {
            throw new GoldenException($"measures by the unknown metric '{metric}'");
        }

        // Scores are float64 whatever the file is called.
        if (Find(advice, "float64") is { } scores)
        {
            return new Tolerance(Of(scores), Of(scores));
        }

        if (precision == Precision.Float64)
        {
            var both = Of(Find(advice, "float64_vs_f64_file") ?? throw Missing("tolerance_advice.float64_vs_f64_file"));
            return new Tolerance(both, both);
        }

        return new Tolerance(
            Of(Find(advice, "float32_outputs") ?? throw Missing("tolerance_advice.float32_outputs")),
            Of(Find(advice, "float32_grads") ?? throw Missing("tolerance_advice.float32_grads")));
    }

    private static Limit Of(double fraction) => new(fraction, 0, 0);

    private static double? Find(JsonElement parent, string key) => parent.TryGetProperty(key, out var value) ? Positive(value, key) : null;

    private static double Positive(JsonElement value, string key) =>
        value.ValueKind == JsonValueKind.Number && value.GetDouble() is >= 0 and < double.PositiveInfinity and var number
            ? number
            : throw new GoldenException($"states {key} = {value.GetRawText()}: expected a number from 0 up");

    private static GoldenException Missing(string key) => new($"states no {key}");
}
