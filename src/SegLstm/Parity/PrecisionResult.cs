namespace SegLstm.Parity;

/// <summary>A case compared at one precision.</summary>
/// <param name="Precision">The precision.</param>
/// <param name="Deviations">One a golden tensor.</param>
/// <param name="Unbuilt">Why it could not be computed; null if it was.</param>
public sealed record PrecisionResult(Precision Precision, IReadOnlyList<Deviation> Deviations, string? Unbuilt = null)
{
    /// <summary>What was done to the golden tensors before comparing, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether everything was computed and close enough.</summary>
    public bool Passed => Unbuilt is null && Deviations.Count > 0 && Deviations.All(deviation => deviation.Problem is null);

    /// <summary>The tensor that uses up most of its tolerance; null if nothing was compared.</summary>
    public Deviation? Worst => Deviations.MaxBy(deviation => deviation.Exhaustion);

    /// <summary>All problems.</summary>
    public IEnumerable<string> Problems => (Unbuilt is null ? [] : new[] { Unbuilt }).Concat(Deviations.Select(deviation => deviation.Problem).OfType<string>());
}
