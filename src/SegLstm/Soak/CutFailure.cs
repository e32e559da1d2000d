namespace SegLstm.Soak;

/// <summary>A run that did not end as one that never stopped.</summary>
/// <param name="Where">Where it was cut off.</param>
/// <param name="What">What differs, or why it did not end.</param>
public sealed record CutFailure(string Where, string What);
