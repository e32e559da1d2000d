using System.Globalization;

namespace SegLstm.Parity;

/// <summary>A golden case, compared.</summary>
/// <param name="Path">The side file.</param>
/// <param name="Name">System and name, or the file's name where it has none.</param>
/// <param name="Results">One a precision.</param>
/// <param name="Unbuilt">Why nothing could be computed; null if something was.</param>
public sealed record CaseResult(string Path, string Name, IReadOnlyList<PrecisionResult> Results, string? Unbuilt = null)
{
    /// <summary>Whether everything was built and close enough.</summary>
    public bool Passed => Unbuilt is null && Results.Count > 0 && Results.All(result => result.Passed);

    /// <summary>All problems.</summary>
    public IEnumerable<string> Problems =>
        (Unbuilt is null ? [] : new[] { Unbuilt }).Concat(Results.SelectMany(result => result.Problems.Select(problem => $"{result.Precision.Key} {problem}")));

    /// <summary>One line: verdict, name, then the worst relative errors or the first problem.</summary>
    public override string ToString()
    {
        if (Passed)
        {
            return string.Create(CultureInfo.InvariantCulture, $"pass  {Name,-42} {string.Join("  ", Results.Select(Summary))}");
        }

        var problems = Problems.ToArray();
        var more = problems.Length > 1 ? $" (and {problems.Length - 1} more)" : "";
        return $"FAIL  {Name,-42} {(problems.Length > 0 ? problems[0] : "nothing was compared")}{more}";
    }

    private static string Summary(PrecisionResult result)
    {
        var worst = result.Worst!;
        return string.Create(CultureInfo.InvariantCulture, $"{result.Precision.Key} {worst.Error:0.0e+00} {worst.Tensor} ({100 * worst.Exhaustion:0.##} % of tolerance){string.Concat(result.Notes.Select(note => $"; {note}"))}");
    }
}
