using SegLstm.Pretraining.Probes;

namespace SegLstm.Pretraining;

/// <summary>One pass over the tiles.</summary>
/// <param name="Epoch">0-based pass.</param>
/// <param name="Loss">Mean loss of its batches.</param>
/// <param name="IsBest">Whether no pass before had so low a loss.</param>
/// <param name="Features">What the encoder's features are like now; null where they were not measured.</param>
public sealed record PretrainingEpoch(int Epoch, double Loss, bool IsBest, FeatureReport? Features = null);
