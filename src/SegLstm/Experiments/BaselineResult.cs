using SegLstm.Metrics;

namespace SegLstm.Experiments;

/// <summary>What a simple method reaches on the same split as a model.</summary>
/// <param name="Name">The method, such as "9 nearest neighbours".</param>
/// <param name="Matrix">Counts of the held-out pixels.</param>
public sealed record BaselineResult(string Name, ConfusionMatrix Matrix);
