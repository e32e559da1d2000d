namespace SegLstm.Experiments.Claims;

/// <summary>A number that a claim expects, in the unit that tables show: percent for scores, a count for parameters.</summary>
public sealed record ExpectedValue
{
    /// <summary>The row: what its group of runs differs in from others, the method, or the model.</summary>
    public required string What { get; init; }

    /// <summary>The metric, by its name in <see cref="Tables.SeedMetric"/>, or "parameters".</summary>
    public string Metric { get; init; } = "test_miou";

    /// <summary>The number, over seeds the mean.</summary>
    public required double Value { get; init; }

    /// <summary>The deviation over seeds that it was measured with; null where there is none.</summary>
    public double? Deviation { get; init; }

    /// <summary>How far off it may be to match: what other machines and numbers of threads explain.</summary>
    public double Match { get; init; }

    /// <summary>How far off it may be to have drifted only.</summary>
    public double Drift { get; init; }

    /// <summary>What was published of it, as printed there; null where nothing was.</summary>
    public string? Published { get; init; }

    /// <summary>The verdict on a number.</summary>
    /// <param name="got">The number; null where it is missing.</param>
    public ClaimVerdict Judge(double? got)
    {
        double distance = got is { } number ? Math.Abs(number - Value) : double.PositiveInfinity;
        return distance <= Match ? ClaimVerdict.Match
            : distance <= Math.Max(Match, Drift) ? ClaimVerdict.Drift
            : ClaimVerdict.Fail;
    }

    /// <summary>Everything that is wrong with the expectation.</summary>
    public IEnumerable<string> Validate()
    {
        if (!double.IsFinite(Value)) yield return $"'{What}' has the value {Value}: expected a number.";
        if (!(Match >= 0) || !(Drift >= 0)) yield return $"'{What}' has the tolerances {Match} and {Drift}: expected 0 or more.";
    }
}
