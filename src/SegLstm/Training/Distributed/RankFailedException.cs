namespace SegLstm.Training.Distributed;

/// <summary>A rank of a job on this machine failed or was killed, and the others were ended.</summary>
public sealed class RankFailedException : Exception
{
    private const int Killed = 128;

    /// <summary>Says which.</summary>
    /// <param name="rank">The rank that failed first.</param>
    /// <param name="count">Number of ranks.</param>
    /// <param name="process">Its process.</param>
    /// <param name="exitCode">Its exit code; 128 and the signal's number where a signal ended it.</param>
    /// <param name="stuck">Ranks that had to be killed, as they did not end by themselves.</param>
    public RankFailedException(int rank, int count, int process, int exitCode, IReadOnlyList<int> stuck) : base(
        $"Rank {rank} of {count} (process {process}) {How(exitCode)}; "
            + (stuck.Count == 0 ? "the others have ended." : $"rank {string.Join(", ", stuck)} did not end and was killed."))
    {
        Rank = rank;
    }

    /// <summary>The rank that failed first.</summary>
    public int Rank { get; }

    private static string How(int exitCode) => exitCode switch
    {
        Killed + 9 => "was killed by signal 9, which somebody sent, or the system as memory ran out",
        > Killed => $"was ended by signal {exitCode - Killed}",
        RankProcesses.LostRankExitCode => "lost another rank; its message stands above",
        _ => $"failed with exit code {exitCode}; its message stands above",
    };
}
