using static TorchSharp.torch;

namespace SegLstm.Benchmarks;

/// <summary>Times a computation, its reference, and both on other numbers of threads in turns, so that what else goes on in the
/// machine hits all.</summary>
internal static class ContestRunner
{
    /// <summary>Runs a contest.</summary>
    /// <param name="contest">The computation and its reference.</param>
    /// <param name="limits">The machine's as they were seen before, for each number of threads.</param>
    /// <param name="options">How long.</param>
    /// <returns>A row for each of the limits.</returns>
    public static IReadOnlyList<ContestRow> Run(
        Contest contest, IReadOnlyList<MachineLimits> limits, BenchmarkOptions options)
    {
        ContestRow[] rows = [.. limits.Select(one => new ContestRow(contest, one))];
        bool[] takesSeconds = [.. rows.Select(row => row.WarmUp())];
        var least = takesSeconds.Contains(true) ? options.LeastReferenceRuns : options.LeastRuns;

        // All rows have as many turns, so that patience is for all together.
        while (rows.Any(row => row.Ours.Count < least || row.Reference?.Count < options.LeastReferenceRuns)
            || rows.Sum(row => row.Ours.Total.TotalSeconds) < rows.Length * options.Patience.TotalSeconds)
        {
            foreach (var row in rows)
            {
                row.Turn(row.Reference is { } reference
                    && (reference.Count < options.LeastReferenceRuns || reference.Total < options.Patience));
            }
        }

        return rows;
    }

    /// <summary>The most memory that a run has in use at one time beyond what was in use before, in bytes.</summary>
    public static long Memory(Contest contest, int threads)
    {
        set_num_threads(threads);
        using var scope = NewDisposeScope();
        return ProcessMemory.TakenBy(contest.Ours());
    }
}
