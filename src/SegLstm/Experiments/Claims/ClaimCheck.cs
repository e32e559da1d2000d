namespace SegLstm.Experiments.Claims;

/// <summary>An expected number beside the one that came out.</summary>
/// <param name="Expected">What was expected.</param>
/// <param name="Got">What came out, in the same unit; null where it is missing.</param>
public sealed record ClaimCheck(ExpectedValue Expected, double? Got)
{
    /// <summary>The verdict by the tolerances.</summary>
    public ClaimVerdict Verdict => Expected.Judge(Got);
}
