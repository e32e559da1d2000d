namespace SegLstm.Soak;

/// <summary>An input that a reader did not withstand.</summary>
/// <param name="Kind">The kind of file.</param>
/// <param name="What">What happened: an exception that is no refusal, the time, or the memory.</param>
/// <param name="Path">The input, whose name has the seed and the number of the input.</param>
public sealed record SoakFailure(string Kind, string What, string Path);
