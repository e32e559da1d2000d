namespace SegLstm.Soak;

/// <summary>What a soak run found.</summary>
/// <param name="Tallies">One for each kind of file.</param>
/// <param name="Failures">The inputs that a reader did not withstand.</param>
/// <param name="Elapsed">How long it took.</param>
/// <param name="PeakMemory">The process's highest resident memory, in bytes; 0 where the system does not tell.</param>
public sealed record SoakReport(IReadOnlyList<SoakTally> Tallies, IReadOnlyList<SoakFailure> Failures, TimeSpan Elapsed,
    long PeakMemory)
{
    /// <summary>Inputs of all kinds.</summary>
    public long Inputs => Tallies.Sum(tally => tally.Inputs);

    /// <summary>Inputs in an hour at this speed.</summary>
    public double InputsPerHour => Inputs / Elapsed.TotalHours;
}
