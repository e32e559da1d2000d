using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan.Cpu;

/// <summary>Where weights that differ from token to token lie; those of a token, one a state, lie together.</summary>
/// <param name="Sample">Elements from sample to sample.</param>
/// <param name="Group">Elements from group to group, or order to order.</param>
/// <param name="Token">Elements from token to token.</param>
internal readonly record struct WeightSteps(nint Sample, nint Group, nint Token)
{
    /// <summary>Those of a tensor.</summary>
    /// <param name="weights">Four dimensions, the first of samples, the last of states.</param>
    /// <param name="groups">The dimension of groups or orders.</param>
    /// <param name="tokens">The dimension of tokens.</param>
    public static WeightSteps Of(Tensor weights, int groups, int tokens)
    {
        var steps = weights.stride();
        return new WeightSteps((nint)steps[0], (nint)steps[groups], (nint)steps[tokens]);
    }
}
