using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks.Cases;

/// <summary>Contests between a module and the same module on reference kernels, with random input.</summary>
internal static class ModelContest
{
    /// <summary>Prediction.</summary>
    /// <param name="make">Makes the module.</param>
    /// <param name="reference">Makes the other; null: there is none.</param>
    /// <param name="shape">Shape of the input.</param>
    public static Contest Forward(
        Func<nn.Module<Tensor, Tensor>> make, Func<nn.Module<Tensor, Tensor>>? reference, params long[] shape)
    {
        var input = randn(shape);
        return Of(make, reference, model =>
        {
            model.eval();
            return Contest.Forward(() => model.forward(input));
        });
    }

    /// <summary>Prediction and the gradients of parameters and input.</summary>
    /// <inheritdoc cref="Forward"/>
    public static Contest Training(
        Func<nn.Module<Tensor, Tensor>> make, Func<nn.Module<Tensor, Tensor>>? reference, params long[] shape)
    {
        var input = randn(shape).requires_grad_();
        return Of(make, reference, model => Contest.Both(() => model.forward(input), [input, .. model.parameters()]));
    }

    private static Contest Of(
        Func<nn.Module<Tensor, Tensor>> make, Func<nn.Module<Tensor, Tensor>>? reference,
        Func<nn.Module<Tensor, Tensor>, Func<Action>> round)
    {
        var (ours, theirs) = (make(), reference?.Invoke());
        return new Contest(
            round(ours), theirs is null ? null : round(theirs), theirs is null ? [ours] : [ours, theirs]);
    }
}
