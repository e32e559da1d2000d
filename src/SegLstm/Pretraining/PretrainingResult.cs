namespace SegLstm.Pretraining;

/// <summary>A finished pre-training run.</summary>
/// <param name="Epochs">All passes over the tiles, in order.</param>
/// <param name="Losses">Loss of each step.</param>
/// <param name="Elapsed">Wall-clock time.</param>
public sealed record PretrainingResult(
    IReadOnlyList<PretrainingEpoch> Epochs, IReadOnlyList<double> Losses, TimeSpan Elapsed);
