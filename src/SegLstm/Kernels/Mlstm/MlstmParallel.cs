using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>The mLSTM in its parallel (attention-like) form: O(S²) work, all tokens at once; what Vision-LSTM was trained
/// with.</summary>
/// <remarks>
/// <para>Shape letters of this folder:</para>
/// <list type="table">
/// <item><term>B</term><description>batch</description></item>
/// <item><term>H</term><description>heads</description></item>
/// <item><term>S</term><description>tokens of a sequence; t is the reading and s the written token</description></item>
/// <item><term>K</term><description>width of a query or key in one head</description></item>
/// <item><term>V</term><description>width of a value in one head (may differ from K)</description></item>
/// <item><term>L, N</term><description>tokens in a chunk, number of chunks (<see cref="MlstmChunkwise"/>)</description></item>
/// </list>
/// <para>
/// Gates come as pre-activations, one scalar a head and token: the input gate is <c>exp(i)</c>, the forget gate
/// <c>sigmoid(f)</c>. With <c>F_t = sum of log sigmoid(f) up to t</c>: <c>logD[t,s] = F_t - F_s + i_s</c> for s ≤ t; <c>m_t =
/// max_s logD[t,s]</c>; <c>C[t,s] = (q_t·k_s/sqrt(K)) exp(logD[t,s] - m_t)</c>; <c>h_t = sum_s C[t,s] v_s / (max(|sum_s C[t,s]|,
/// exp(-m_t)) + eps)</c>.
/// </para>
/// <para>Source: xLSTM (arXiv 2405.04517) eq. 19-27 and appendix; NX-AI/vision-lstm <c>vision_lstm2.py</c>,
/// <c>parallel_stabilized_simple</c>.</para>
/// </remarks>
public static class MlstmParallel
{
    /// <summary>Runs the parallel form.</summary>
    /// <param name="q">Queries <c>(B, H, S, K)</c>.</param>
    /// <param name="k">Keys <c>(B, H, S, K)</c>.</param>
    /// <param name="v">Values <c>(B, H, S, V)</c>.</param>
    /// <param name="i">Input gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="f">Forget gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="stabilizeRowwise">One maximum a row (the default) or one for the whole matrix of a head.</param>
    /// <param name="eps">Added to the normaliser.</param>
    /// <returns>Retrieved values <c>(B, H, S, V)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public static Tensor Forward(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, bool stabilizeRowwise = true,
        double eps = 1e-6)
    {
        MlstmShapes.Check(q, k, v, i, f);
        using var scope = NewDisposeScope();
        var sums = nn.functional.logsigmoid(f).cumsum(-1);
        var decay = sums.unsqueeze(-1) - sums.unsqueeze(-2);
        var (h, _, _) = Retrieve(q, k, v, i, decay, stabilizeRowwise, eps);
        return h.MoveToOuterDisposeScope();
    }

    /// <summary>The same function with the forget-gate sums taken over the masked entries instead of as differences of long
    /// sums.</summary>
    /// <remarks>More exact for long sequences in float32 (no cancellation), at one more S×S matrix. Source: NX-AI/mlstm_kernels,
    /// <c>parallel/native_stablef</c>.</remarks>
    /// <returns>Retrieved values <c>(B, H, S, V)</c>, normaliser <c>(B, H, S)</c> without eps, stabiliser <c>(B, H,
    /// S)</c>.</returns>
    /// <inheritdoc cref="Forward"/>
    public static (Tensor H, Tensor N, Tensor M) ForwardStable(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f,
        double eps = 1e-6)
    {
        MlstmShapes.Check(q, k, v, i, f);
        using var scope = NewDisposeScope();
        var tokens = q.shape[2];
        var gates = nn.functional.logsigmoid(f).unsqueeze(-1).expand([f.shape[0], f.shape[1], tokens, tokens]);
        // Entry (t, s) of the strictly lower triangle holds the gate of token t; summing down a column gives the gates s+1..t.
        var decay = gates.tril(-1).cumsum(-2);
        var (h, n, m) = Retrieve(q, k, v, i, decay, stabilizeRowwise: true, eps);
        return (h.MoveToOuterDisposeScope(), n.squeeze(-1).MoveToOuterDisposeScope(), m.squeeze(-1).MoveToOuterDisposeScope());
    }

    private static (Tensor H, Tensor N, Tensor M) Retrieve(
        Tensor q, Tensor k, Tensor v, Tensor i, Tensor decay, bool stabilizeRowwise, double eps)
    {
        var logD = decay + MlstmShapes.CausalMask(q.shape[2], q) + i.unsqueeze(-2);
        var m = stabilizeRowwise
            ? logD.max(-1, keepdim: true).values
            : logD.flatten(-2).max(-1, keepdim: true).values.unsqueeze(-1);
        var scores = q.matmul(k.transpose(-2, -1)) * Math.Pow(q.shape[^1], -0.5) * (logD - m).exp();
        var n = MlstmShapes.Normalizer(scores.sum(-1, keepdim: true), m);
        return (scores.matmul(v) / (n + eps), n, m);
    }
}
