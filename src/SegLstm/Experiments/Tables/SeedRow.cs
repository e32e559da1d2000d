namespace SegLstm.Experiments.Tables;

/// <summary>Runs that differ in nothing but their seed.</summary>
/// <param name="Labels">Their values of what differs between groups.</param>
/// <param name="Cells">One for each metric.</param>
public sealed record SeedRow(IReadOnlyList<string> Labels, IReadOnlyList<SeedCell> Cells)
{
    /// <summary>How many runs.</summary>
    public int Seeds => Cells.Max(cell => cell.BySeed.Count);
}
