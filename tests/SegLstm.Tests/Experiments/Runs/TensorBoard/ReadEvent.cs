namespace SegLstm.Tests.Experiments.Runs.TensorBoard;

/// <summary>An event as a reader finds it; no tag: it has no number.</summary>
internal sealed record ReadEvent(double Time, long Step, string? Tag, float Value);
