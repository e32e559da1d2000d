using System.Globalization;
using System.IO.Enumeration;
using SegLstm.Models;

namespace SegLstm.Experiments.Runs;

/// <summary>Chooses and orders runs by their values.</summary>
public static class RunFilter
{
    /// <summary>The runs that have a value.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="condition">"key=value": numbers compare as numbers, texts in any case and with * and ?.</param>
    /// <exception cref="ArgumentException">It is no condition, or no run has such a key; the nearest is named.</exception>
    public static IReadOnlyList<RunSummary> Where(IReadOnlyList<RunSummary> runs, string condition)
    {
        int sign = condition.IndexOf('=', StringComparison.Ordinal);
        if (sign < 1) throw new ArgumentException($"'{condition}': expected key=value, such as model=seglstm_nano.");
        if (runs.Count == 0) return runs;
        string key = Known(runs, condition[..sign].Trim()), wanted = condition[(sign + 1)..].Trim();
        return [.. runs.Where(run => run.Value(key) is { } value && Same(value, wanted))];
    }

    /// <summary>The runs in order; those without a value come last.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="key">A key; with a minus in front the largest comes first.</param>
    /// <exception cref="ArgumentException">No run has such a key; the message names the nearest.</exception>
    public static IReadOnlyList<RunSummary> OrderBy(IReadOnlyList<RunSummary> runs, string key)
    {
        if (runs.Count == 0) return runs;
        bool falling = key.StartsWith('-');
        string name = Known(runs, key.TrimStart('-'));
        Comparer<string> comparer = Comparer<string>.Create((a, b) => falling ? Compare(b, a) : Compare(a, b));
        return [.. runs.Where(run => run.Value(name) is not null).OrderBy(run => run.Value(name)!, comparer),
            .. runs.Where(run => run.Value(name) is null)];
    }

    private static string Known(IReadOnlyList<RunSummary> runs, string key)
    {
        string[] keys = [.. RunSummary.Columns.Concat(runs.SelectMany(run => run.Configuration.Keys)).Distinct()];
        if (keys.Contains(key)) return key;
        string near = keys.FirstOrDefault(other => other.EndsWith("." + key, StringComparison.Ordinal))
            ?? keys.MinBy(other => Catalog.Edits(key, other))!;
        throw new ArgumentException(
            $"Runs have no '{key}'. Nearest: {near}. There are {string.Join(", ", RunSummary.Columns)}, and the values of the "
                + "recipe, such as training.batch_size.");
    }

    private static bool Same(string value, string wanted) => Number(value) is { } a && Number(wanted) is { } b
        ? a == b : FileSystemName.MatchesSimpleExpression(wanted, value, ignoreCase: true);

    /// <summary>The order of two values: numbers come before texts.</summary>
    internal static int Compare(string a, string b) => (Number(a), Number(b)) switch
    {
        ({ } first, { } second) => first.CompareTo(second),
        (null, null) => string.CompareOrdinal(a, b),
        (var first, _) => first is null ? 1 : -1,
    };

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;
}
