using static TorchSharp.torch;

namespace SegLstm.Kernels.Tokens;

/// <summary>What gradients that are written by hand have in common.</summary>
internal static class HandwrittenGradient
{
    /// <summary>To be called in a backward pass, whose steps are not recorded: refuses gradients of gradients.</summary>
    /// <param name="differentiable">What can be differentiated any number of times instead.</param>
    /// <exception cref="NotSupportedException">The gradient is to be differentiated again.</exception>
    public static void RefuseSecond(string differentiable)
    {
        if (is_grad_enabled())
        {
            throw new NotSupportedException(
                $"Expected a gradient that is not differentiated again, got create_graph: call {differentiable} for those, or models with "
                + $"{nameof(ModelKernels)}.{nameof(ModelKernels.Use)}({nameof(KernelChoice)}.{nameof(KernelChoice.Reference)}).");
        }
    }
}
