using static TorchSharp.torch;

namespace SegLstm.Pretraining;

/// <summary>What a method loses on a batch.</summary>
/// <param name="Total">The scalar that is lowered.</param>
/// <param name="Parts">What it is made of, by name, before weighing; empty where it is one thing.</param>
public sealed record PretrainingLoss(Tensor Total, params IReadOnlyList<(string Name, Tensor Value)> Parts);
