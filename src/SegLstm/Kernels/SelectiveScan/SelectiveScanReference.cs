using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.SelectiveScan;

/// <summary>The selective scan token by token, on torch operators: the plainest reading of the equations, and the oracle of the
/// faster forms.</summary>
/// <remarks>
/// <para><c>Δ' = softplus(Δ + bias)</c>; <c>x_t = exp(Δ'_t A) x_{t-1} + (Δ'_t u_t) B_t</c> from x = 0;
/// <c>y_t = C_t·x_t + D u_t</c>; <c>out = y · SiLU(z)</c>. B is discretised by Euler's rule. Half-precision inputs are computed
/// in float32. Source: Mamba (arXiv 2312.00752) eq. 2 and algorithm 2; state-spaces/mamba, <c>selective_scan_ref</c>.</para>
/// <para>Shape letters: B batch, D channels, L tokens, N state, G groups; channel c reads group ⌊c / (D/G)⌋.</para>
/// </remarks>
public static class SelectiveScanReference
{
    /// <summary>Scans a sequence without a past.</summary>
    /// <param name="u">Values <c>(B, D, L)</c>.</param>
    /// <param name="delta">Step sizes before bias and softplus <c>(B, D, L)</c>.</param>
    /// <param name="a">State matrix <c>(D, N)</c>, negative.</param>
    /// <param name="b">Input weights <c>(D, N)</c>, <c>(B, N, L)</c> or <c>(B, G, N, L)</c>.</param>
    /// <param name="c">Output weights, likewise.</param>
    /// <param name="d">Skip weights <c>(D)</c>; null: none.</param>
    /// <param name="z">Gate <c>(B, D, L)</c>; null: none.</param>
    /// <param name="deltaBias">Added to the step sizes <c>(D)</c>; null: none.</param>
    /// <param name="deltaSoftplus">Softplus on the step sizes.</param>
    /// <param name="reverse">Scan from the last token to the first; outputs stay in their tokens' places.</param>
    /// <returns>Outputs <c>(B, D, L)</c> in the type of u, and the state after the last token of the scan
    /// <c>(B, D, N)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static (Tensor Out, Tensor LastState) Forward(
        Tensor u, Tensor delta, Tensor a, Tensor b, Tensor c, Tensor? d = null, Tensor? z = null, Tensor? deltaBias = null,
        bool deltaSoftplus = false, bool reverse = false)
    {
        SelectiveScanShapes.Check(u, delta, a, b, c, d, z, deltaBias);
        using var scope = NewDisposeScope();
        var type = u.dtype;
        var (batch, channels, length) = (u.shape[0], u.shape[1], u.shape[2]);
        var states = a.shape[1];
        var values = Wide(u);
        var steps = Wide(delta);
        steps = deltaBias is null ? steps : steps + Wide(deltaBias).unsqueeze(-1);
        steps = deltaSoftplus ? nn.functional.softplus(steps) : steps;
        // A list of single tokens: indexing one by one would make the gradient quadratic in L.
        var decays = (steps.unsqueeze(-1) * Wide(a).unsqueeze(1)).exp().unbind(2);
        var weights = PerToken(Wide(b), channels, length);
        var inputs = (weights * (steps * values).unsqueeze(-1)).unbind(2);
        var reads = PerToken(Wide(c), channels, length).expand(batch, channels, length, states).unbind(2);
        var state = zeros([batch, channels, states], dtype: values.dtype, device: u.device);
        var outputs = new Tensor[length];
        for (var k = 0; k < length; k++)
        {
            var t = reverse ? length - 1 - k : k;
            state = (decays[t] * state) + inputs[t];
            outputs[t] = (state * reads[t]).sum(-1);
        }

        var y = stack(outputs, 2);
        y = d is null ? y : y + (values * Wide(d).unsqueeze(-1));
        y = z is null ? y : y * nn.functional.silu(Wide(z));
        return (y.to(type).MoveToOuterDisposeScope(), state.MoveToOuterDisposeScope());
    }

    internal static Tensor Wide(Tensor x) => x.dtype is ScalarType.Float64 or ScalarType.Float32 ? x : x.to(ScalarType.Float32);

    /// <summary>Weights as <c>(B or 1, D, L or 1, N)</c>.</summary>
    private static Tensor PerToken(Tensor weights, long channels, long length) => weights.dim() switch
    {
        2 => weights.unsqueeze(1).unsqueeze(0).expand(1, channels, length, weights.shape[1]),
        3 => weights.transpose(1, 2).unsqueeze(1).expand(weights.shape[0], channels, length, weights.shape[1]),
        _ => weights.transpose(2, 3).repeat_interleave(channels / weights.shape[1], 1),
    };
}
