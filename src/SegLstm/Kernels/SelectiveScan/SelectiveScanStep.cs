using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>The selective scan one token at a time, with an explicit state: for streams.</summary>
/// <remarks>Equations and shape letters: <see cref="SelectiveScanReference"/>. Source: state-spaces/mamba,
/// <c>selective_state_update_ref</c>.</remarks>
public static class SelectiveScanStep
{
    /// <summary>One token.</summary>
    /// <param name="state">State before the token <c>(B, D, N)</c>; zeros before the first.</param>
    /// <param name="u">Value <c>(B, D)</c>.</param>
    /// <param name="delta">Step size before bias and softplus <c>(B, D)</c>.</param>
    /// <param name="a">State matrix <c>(D, N)</c>, negative.</param>
    /// <param name="b">Input weights of the token <c>(B, N)</c> or <c>(B, G, N)</c>; for each channel its own: G = D.</param>
    /// <param name="c">Output weights, likewise.</param>
    /// <param name="d">Skip weights <c>(D)</c>; null: none.</param>
    /// <param name="z">Gate <c>(B, D)</c>; null: none.</param>
    /// <param name="deltaBias">Added to the step size <c>(D)</c>; null: none.</param>
    /// <param name="deltaSoftplus">Softplus on the step size.</param>
    /// <returns>Output <c>(B, D)</c> in the type of u, and the state after the token <c>(B, D, N)</c>; the state given is left
    /// as it was.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static (Tensor Out, Tensor State) Forward(
        Tensor state, Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d = null, Tensor? z = null,
        Tensor? deltaBias = null, bool deltaSoftplus = false)
    {
        using var scope = NewDisposeScope();
        SelectiveScanShapes.CheckToken(state, u, delta, a, b, c, d, z, deltaBias);
        var steps = SelectiveScanReference.Wide(delta);
        steps = deltaBias is null ? steps : steps + SelectiveScanReference.Wide(deltaBias);
        steps = deltaSoftplus ? nn.functional.softplus(steps) : steps;
        var values = SelectiveScanReference.Wide(u);
        var decay = (steps.unsqueeze(-1) * SelectiveScanReference.Wide(a)).exp();
        var input = (steps * values).unsqueeze(-1) * PerChannel(b, u.shape[1]);
        var next = (decay * SelectiveScanReference.Wide(state)) + input;
        var y = (next * PerChannel(c, u.shape[1])).sum(-1);
        y = d is null ? y : y + (values * SelectiveScanReference.Wide(d));
        y = z is null ? y : y * nn.functional.silu(SelectiveScanReference.Wide(z));
        return (y.to(u.dtype).MoveToOuterDisposeScope(), next.MoveToOuterDisposeScope());
    }

    /// <summary>Weights as <c>(B, D or 1, N)</c>.</summary>
    private static Tensor PerChannel(Tensor weights, long channels)
    {
        var wide = SelectiveScanReference.Wide(weights);
        return wide.dim() == 2 ? wide.unsqueeze(1) : wide.repeat_interleave(channels / wide.shape[1], 1);
    }
}
