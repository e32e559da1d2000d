using System.Globalization;
using System.Text.Json.Nodes;

namespace SegLstm.Workbook.Plotly;

/// <summary>
/// Ticks of a logarithmic axis, each with its whole number: Plotly's own write a lone 2 or 5 between the powers of ten.
/// </summary>
internal static class LogTicks
{
    /// <summary>Ticks that fit along an axis.</summary>
    private const int Most = 9;

    /// <summary>The values at which ticks stand, rising; empty to leave it to Plotly, where fewer than two would stand.</summary>
    /// <param name="data">What is drawn along the axis.</param>
    /// <param name="range">The axis's limits, where given.</param>
    /// <param name="atData">Whether few, well separated values of the data are themselves the ticks, such as 64, 128,
    /// 256.</param>
    internal static IReadOnlyList<double> Of(IEnumerable<double> data, (double Low, double High)? range, bool atData)
    {
        double[] values = [.. data.Where(v => double.IsFinite(v) && v > 0).Distinct().Order()];
        if (values.Length == 0 && range is null) return [];
        var (low, high) = range ?? (values[0], values[^1]);
        double length = Math.Log10(high / low);
        if (atData && range is null && values.Length is >= 2 and <= Most && Gaps(values).Min() >= length / 12) return values;
        double[] fine = [.. Candidates(low, high, 1, 2, 5)];
        double[] chosen = fine.Length <= Most ? fine : [.. Candidates(low, high, 1)];
        int every = (chosen.Length + Most - 1) / Most;
        chosen = [.. chosen.Where((_, i) => i % Math.Max(1, every) == 0)];
        return chosen.Length < 2 ? [] : chosen;
    }

    /// <summary>Writes the ticks into an axis.</summary>
    internal static void Apply(JsonObject axis, IReadOnlyList<double> ticks)
    {
        if (ticks.Count == 0) return;
        axis["tickvals"] = Numbers.Json(ticks, single: false);
        axis["ticktext"] = new JsonArray([.. ticks.Select(t => (JsonNode)JsonValue.Create(Text(t)))]);
    }

    internal static string Text(double value)
    {
        if (value is >= 1e-3 and < 1e5) return value.ToString("0.######", CultureInfo.InvariantCulture);
        int power = (int)Math.Floor(Math.Log10(value) + 1e-9);
        string digits = (value / Math.Pow(10, power)).ToString("0.##", CultureInfo.InvariantCulture);
        return (digits == "1" ? "" : digits + "·") + string.Create(CultureInfo.InvariantCulture, $"10<sup>{power}</sup>");
    }

    private static IEnumerable<double> Gaps(double[] values) => values.Zip(values.Skip(1), (a, b) => Math.Log10(b / a));

    private static IEnumerable<double> Candidates(double low, double high, params int[] digits)
    {
        for (int power = (int)Math.Floor(Math.Log10(low)); power <= (int)Math.Ceiling(Math.Log10(high)); power++)
        {
            foreach (int digit in digits)
            {
                double value = double.Parse($"{digit}e{power}", CultureInfo.InvariantCulture);
                if (value >= low * 0.9 && value <= high * 1.1) yield return value;
            }
        }
    }
}
