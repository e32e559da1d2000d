using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Training;

/// <summary>Layer-wise adaptive rate scaling: gradient descent with momentum whose rate follows the size of each layer's
/// weights.</summary>
/// <remarks>
/// For the weights w of a layer with gradient g, rate γ, decay β, momentum m and trust η (You et al., arXiv 1708.03888,
/// algorithm 1):
/// <c>λ = η |w| / (|g| + β |w|)</c>, <c>v ← m v + γ λ (g + β w)</c>, <c>w ← w - v</c>. Where a norm is zero, λ is 1. Biases, the
/// gains of norms and what weight decay spares have λ = 1 and β = 0, as in the code of SimCLR.
/// </remarks>
internal static class Lars
{
    /// <summary>Puts <c>γ λ (g + β w)</c> in the place of each gradient: a step of momentum with rate 1 does the rest.</summary>
    /// <param name="group">Parameters that share rate and decay; those without a gradient are skipped.</param>
    /// <param name="rate">γ.</param>
    /// <param name="trust">η.</param>
    public static void Scale(ParameterGroup group, double rate, double trust)
    {
        using var frozen = no_grad();
        foreach (Parameter parameter in group.Parameters)
        {
            using var scope = NewDisposeScope();
            if (parameter.grad is not { } gradient) continue;
            double weights = Norm(parameter), slope = Norm(gradient) + group.WeightDecay * weights;
            double ratio = group.IsSpared || weights == 0 || slope == 0 ? 1 : trust * weights / slope;
            gradient.add_(parameter, alpha: group.WeightDecay).mul_(rate * ratio);
        }
    }

    private static double Norm(Tensor tensor) => tensor.detach().norm().to(ScalarType.Float64).item<double>();
}
