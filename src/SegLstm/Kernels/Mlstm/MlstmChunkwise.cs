using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>The mLSTM in chunks: parallel inside a chunk of L tokens, recurrent from chunk to chunk; O(S·L·K + S·K²)
/// work.</summary>
/// <remarks>
/// <para>
/// Inside a chunk <c>b_j = sum of log sigmoid(f) from the chunk's start to j</c>, <c>g = b_L</c>, <c>a_j = g - b_j + i_j</c>.
/// State: <c>m_k = max(g + m_(k-1), max_j a_j)</c>, <c>C_k = exp(g + m_(k-1) - m_k) C_(k-1) + sum_j exp(a_j - m_k) k_j v_jᵀ</c>,
/// n_k likewise. Output: the chunk's own part as in <see cref="MlstmParallel"/>, plus what the state before the chunk holds, at a
/// common stabiliser.
/// </para>
/// <para>
/// Any length is taken: a last chunk that is not full is simply shorter. In exact arithmetic the result does not depend on L, and
/// equals <see cref="MlstmRecurrent"/> from the same initial state. Source: NX-AI/mlstm_kernels, <c>chunkwise/native</c>; arXiv
/// 2503.14376. Shape letters: <see cref="MlstmParallel"/>.
/// </para>
/// </remarks>
public static class MlstmChunkwise
{
    /// <summary>Runs the chunkwise form.</summary>
    /// <param name="q">Queries <c>(B, H, S, K)</c>.</param>
    /// <param name="k">Keys <c>(B, H, S, K)</c>.</param>
    /// <param name="v">Values <c>(B, H, S, V)</c>.</param>
    /// <param name="i">Input gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="f">Forget gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="chunkSize">L, tokens in a chunk.</param>
    /// <param name="initial">State before the first token; null is <see cref="MlstmState.Zero"/>.</param>
    /// <param name="normalizerGradient">
    /// True: the exact gradient. False: the gradient of the authors' hand-written backward, which takes normaliser and
    /// stabilisers as constants because they cancel in the group norm behind the cell; it needs less work and <b>differs</b> from
    /// the exact one.
    /// </param>
    /// <param name="eps">Added to the normaliser.</param>
    /// <returns>Retrieved values <c>(B, H, S, V)</c> and the state after the last token.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or <paramref name="chunkSize"/> is below
    /// 1.</exception>
    public static (Tensor H, MlstmState Last) Forward(
        Tensor q, Tensor k, Tensor v, Tensor i, Tensor f,
        long chunkSize = 64, MlstmState? initial = null, bool normalizerGradient = true, double eps = 1e-6)
    {
        MlstmShapes.Check(q, k, v, i, f);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        using var scope = NewDisposeScope();
        var state = initial ?? MlstmState.Zero(k, v.shape[^1]);
        MlstmShapes.Check(state, k, v.shape[^1]);
        var tokens = q.shape[2];
        var outputs = new List<Tensor>(2);
        foreach (var (start, length, chunk) in Parts(tokens, chunkSize))
        {
            (var h, state) = EqualChunks(
                q.narrow(2, start, length), k.narrow(2, start, length), v.narrow(2, start, length),
                i.narrow(2, start, length), f.narrow(2, start, length), chunk, state, normalizerGradient, eps);
            outputs.Add(h);
        }

        var all = outputs.Count == 1 ? outputs[0] : cat(outputs, 2);
        return (all.MoveToOuterDisposeScope(), state.MoveToOuterDisposeScope());
    }

    /// <summary>The stretch that full chunks cover, then the shorter last chunk, where there is one.</summary>
    private static IEnumerable<(long Start, long Length, long Chunk)> Parts(long tokens, long chunkSize)
    {
        var full = tokens / chunkSize * chunkSize;
        if (full > 0)
        {
            yield return (0, full, chunkSize);
        }

        if (full < tokens)
        {
            yield return (full, tokens - full, tokens - full);
        }
    }

    private static (Tensor H, MlstmState Last) EqualChunks(
        Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, long chunk, MlstmState before, bool normalizerGradient, double eps)
    {
        using var scope = NewDisposeScope();
        var chunks = q.shape[2] / chunk;
        Tensor Fold(Tensor x) => x.unflatten(2, chunks, chunk);
        Tensor Constant(Tensor x) => normalizerGradient ? x : x.detach();
        (q, k, v, i) = (Fold(q), Fold(k), Fold(v), Fold(i));
        var scale = Math.Pow(q.shape[^1], -0.5);
        var b = nn.functional.logsigmoid(Fold(f)).cumsum(-1);

        var states = States(k, v, i, b, before, Constant);
        var c = stack(states.Select(s => s.C).SkipLast(1), 2);
        var n = stack(states.Select(s => s.N).SkipLast(1), 2);
        var past = b + cat([.. states.Select(s => s.M).SkipLast(1)], -1).unsqueeze(-1);

        var logD = b.unsqueeze(-1) - b.unsqueeze(-2) + MlstmShapes.CausalMask(chunk, q) + i.unsqueeze(-2);
        var m = Constant(maximum(past, logD.max(-1).values)).unsqueeze(-1);
        var scores = q.matmul(k.transpose(-2, -1)) * scale * (logD - m).exp();
        var queries = q * ((past.unsqueeze(-1) - m).exp() * scale);
        var dot = queries.matmul(n.unsqueeze(-1)) + scores.sum(-1, keepdim: true);
        var h = (queries.matmul(c) + scores.matmul(v)) / (Constant(MlstmShapes.Normalizer(dot, m)) + eps);
        return (h.flatten(2, 3).MoveToOuterDisposeScope(), states[^1].MoveToOuterDisposeScope());
    }

    /// <summary>The N + 1 states before, between and after the chunks.</summary>
    /// <param name="k">Keys <c>(B, H, N, L, K)</c>.</param>
    /// <param name="v">Values <c>(B, H, N, L, V)</c>.</param>
    /// <param name="i">Input gates <c>(B, H, N, L)</c>.</param>
    /// <param name="b">Running sums of the log forget gates in each chunk <c>(B, H, N, L)</c>.</param>
    /// <param name="before">State before the first chunk.</param>
    /// <param name="constant">Stops the gradient where the authors' backward does.</param>
    private static List<MlstmState> States(
        Tensor k, Tensor v, Tensor i, Tensor b, MlstmState before, Func<Tensor, Tensor> constant)
    {
        var g = b.narrow(-1, b.shape[^1] - 1, 1);
        var a = g - b + i;
        var top = a.max(-1, keepdim: true).values;
        // What each chunk writes, at its own stabiliser, for all chunks in one product. The stabiliser cancels in value and
        // gradient, so it takes no part in the graph.
        var own = top.detach();
        var written = k * (a - own).exp().unsqueeze(-1);
        // Unbound at once: the backward of N selections would fill N zero tensors of the whole size.
        var memories = written.transpose(-2, -1).matmul(v).unbind(2);
        var normalizers = written.sum(-2).unbind(2);
        var (decays, tops, scales) = (g.unbind(2), top.unbind(2), own.unbind(2));

        var states = new List<MlstmState>(memories.Length + 1) { before with { M = constant(before.M) } };
        for (var chunk = 0; chunk < memories.Length; chunk++)
        {
            var last = states[^1];
            var kept = decays[chunk] + last.M;
            var m = constant(maximum(kept, tops[chunk]));
            var forget = (kept - m).exp();
            var input = (scales[chunk] - m).exp();
            states.Add(new MlstmState(
                forget.unsqueeze(-1) * last.C + input.unsqueeze(-1) * memories[chunk],
                constant(forget * last.N + input * normalizers[chunk]),
                m));
        }

        return states;
    }
}
