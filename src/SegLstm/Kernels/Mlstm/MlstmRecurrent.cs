using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>The mLSTM one token at a time, with an explicit state: O(S) memory-free streaming, and the plainest reading of the
/// equations.</summary>
/// <remarks>
/// <c>m' = max(log sigmoid(f) + m, i)</c>, <c>C' = exp(log sigmoid(f) + m - m') C + exp(i - m') k vᵀ</c>, n' likewise with k,
/// <c>h = C'ᵀq / (max(|n'·q|, exp(-m')) + eps)</c> with q scaled by <c>1/sqrt(K)</c>.
/// Source: xLSTM (arXiv 2405.04517) eq. 19-27; NX-AI/mlstm_kernels, <c>recurrent/native_step.py</c>. Shape letters:
/// <see cref="MlstmParallel"/>.
/// </remarks>
public static class MlstmRecurrent
{
    /// <summary>Runs a whole sequence, token by token.</summary>
    /// <param name="q">Queries <c>(B, H, S, K)</c>.</param>
    /// <param name="k">Keys <c>(B, H, S, K)</c>.</param>
    /// <param name="v">Values <c>(B, H, S, V)</c>.</param>
    /// <param name="i">Input gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="f">Forget gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="initial">State before the first token; null is <see cref="MlstmState.Zero"/>.</param>
    /// <param name="eps">Added to the normaliser.</param>
    /// <returns>Retrieved values <c>(B, H, S, V)</c> and the state after the last token.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static (Tensor H, MlstmState Last) Forward(
        Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, MlstmState? initial = null, double eps = 1e-6)
    {
        MlstmShapes.Check(q, k, v, i, f);
        using var scope = NewDisposeScope();
        var state = initial ?? MlstmState.Zero(k, v.shape[^1]);
        MlstmShapes.Check(state, k, v.shape[^1]);
        var outputs = new List<Tensor>((int)q.shape[2]);
        for (long t = 0; t < q.shape[2]; t++)
        {
            var (h, next) = Step(
                q.select(2, t), k.select(2, t), v.select(2, t), i.narrow(2, t, 1), f.narrow(2, t, 1), state, eps);
            outputs.Add(h);
            if (!ReferenceEquals(state, initial))
            {
                // Not only at the end of the scope: all states together are far larger than the result.
                state.Dispose();
            }

            state = next;
        }

        return (stack(outputs, 2).MoveToOuterDisposeScope(), state.MoveToOuterDisposeScope());
    }

    /// <summary>One token.</summary>
    /// <param name="q">Query <c>(B, H, K)</c>.</param>
    /// <param name="k">Key <c>(B, H, K)</c>.</param>
    /// <param name="v">Value <c>(B, H, V)</c>.</param>
    /// <param name="i">Input gate pre-activation <c>(B, H, 1)</c>.</param>
    /// <param name="f">Forget gate pre-activation <c>(B, H, 1)</c>.</param>
    /// <param name="state">State before the token.</param>
    /// <param name="eps">Added to the normaliser.</param>
    /// <returns>Retrieved value <c>(B, H, V)</c> and the state after the token.</returns>
    public static (Tensor H, MlstmState Next) Step(
        Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, MlstmState state, double eps = 1e-6)
    {
        using var scope = NewDisposeScope();
        var kept = nn.functional.logsigmoid(f) + state.M;
        var m = maximum(kept, i);
        var forget = (kept - m).exp();
        var input = (i - m).exp();
        var written = input * k;
        var c = forget.unsqueeze(-1) * state.C + written.unsqueeze(-1) * v.unsqueeze(-2);
        var n = forget * state.N + written;
        var query = q * Math.Pow(q.shape[^1], -0.5);
        var numerator = query.unsqueeze(-2).matmul(c).squeeze(-2);
        var dot = (query * n).sum(-1, keepdim: true);
        var h = numerator / (MlstmShapes.Normalizer(dot, m) + eps);
        return (h.MoveToOuterDisposeScope(), new MlstmState(c, n, m).MoveToOuterDisposeScope());
    }
}
