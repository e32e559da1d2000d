using SegLstm.Experiments.Tables;

namespace SegLstm.Experiments.Claims;

/// <summary>What came of a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Checks">Its numbers.</param>
/// <param name="Table">The table over seeds, where there is one.</param>
/// <param name="Caption">How it was made: command, runs, versions.</param>
/// <param name="Reason">Why it was not made, or what failed; empty where nothing did.</param>
/// <param name="Elapsed">Time that it took.</param>
public sealed record ClaimResult(
    ClaimFolder Claim, IReadOnlyList<ClaimCheck> Checks, SeedTable? Table, string Caption, string Reason, TimeSpan Elapsed)
{
    /// <summary>The worst of its numbers; a claim without any cannot match.</summary>
    public ClaimVerdict Verdict => Reason.Length > 0 && Checks.Count == 0 ? ClaimVerdict.NotMade
        : Reason.Length > 0 ? ClaimVerdict.Fail
        : Checks.Count == 0 ? ClaimVerdict.NotMade
        : Checks.Max(check => check.Verdict);
}
