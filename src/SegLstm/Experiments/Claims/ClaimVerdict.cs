namespace SegLstm.Experiments.Claims;

/// <summary>What came of a claim, from good to bad.</summary>
public enum ClaimVerdict
{
    /// <summary>Every number is where it was expected.</summary>
    Match,

    /// <summary>A number is farther off than other machines explain, but the result is of the same kind.</summary>
    Drift,

    /// <summary>A number is far off, or missing.</summary>
    Fail,

    /// <summary>It was not made: the reason says what is missing.</summary>
    NotMade,
}
