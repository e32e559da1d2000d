using TorchSharp.Modules;

namespace SegLstm.Training;

/// <summary>Parameters that are trained alike.</summary>
/// <param name="Parameters">The parameters.</param>
/// <param name="WeightDecay">Their weight decay; 0 where they are spared.</param>
/// <param name="RateFactor">What the learning rate is multiplied by for them.</param>
/// <param name="IsSpared">Whether weight decay, and LARS's scaling of the rate, leave them alone.</param>
public sealed record ParameterGroup(
    IReadOnlyList<Parameter> Parameters, double WeightDecay, double RateFactor, bool IsSpared);
