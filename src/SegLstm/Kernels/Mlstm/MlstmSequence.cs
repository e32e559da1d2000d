using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>The mLSTM over a whole sequence without a past, as fast as torch operators go: what <see
/// cref="Mlstm"/> is where it has no kernel.</summary>
/// <remarks>
/// <para>
/// The function of <see cref="MlstmParallel"/> and, from <see cref="MlstmState.Nothing"/>, of <see cref="MlstmChunkwise"/>, in
/// another order. With b the running sum of the log forget gates in a chunk, <c>u_s = i_s - b_s</c>, and m the stabiliser at the
/// chunk's start, <c>w_t = max(m, u_1 .. u_t)</c>: then <c>m_t = b_t + w_t</c>, every gate is <c>exp(u_s - w_t)</c>, and the past
/// counts <c>exp(m - w_t)</c>. The sums cancel in vectors, before the L×L matrix is made, and its row maxima come from a running
/// maximum of u. A column of ones beside the values makes one product give numerator and normaliser.
/// </para>
/// <para>
/// Per chunk one L×L matrix is added to twice, exponentiated and multiplied once; the plain form walks it about ten times. The
/// price: where gates are so extreme that a forget gate's gradient is below rounding of the others', it is that rounding. Shape
/// letters: <see cref="MlstmParallel"/>; here v has V + 1 columns inside.
/// </para>
/// </remarks>
public static class MlstmSequence
{
    /// <summary>Runs the sequence.</summary>
    /// <param name="q">Queries <c>(B, H, S, K)</c>.</param>
    /// <param name="k">Keys <c>(B, H, S, K)</c>.</param>
    /// <param name="v">Values <c>(B, H, S, V)</c>.</param>
    /// <param name="i">Input gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="f">Forget gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="chunkSize">L; from S on there is one chunk, which is the parallel form.</param>
    /// <param name="eps">Added to the normaliser.</param>
    /// <returns>Retrieved values <c>(B, H, S, V)</c>.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other, or <paramref name="chunkSize"/> is below
    /// 1.</exception>
    public static Tensor Forward(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, long chunkSize = 64, double eps = 1e-6)
    {
        MlstmShapes.Check(q, k, v, i, f);
        ArgumentOutOfRangeException.ThrowIfLessThan(chunkSize, 1);
        using var scope = NewDisposeScope();
        var tokens = q.shape[2];
        var full = Math.Max(tokens / chunkSize * chunkSize, 0);
        q = q * Math.Pow(q.shape[^1], -0.5);
        v = cat([v, ones([.. v.shape[..^1], 1], dtype: v.dtype, device: v.device)], -1);
        f = nn.functional.logsigmoid(f);
        Carried? carried = null;
        var outputs = new List<Tensor>(2);
        foreach (var (start, length, chunk) in new[] { (0L, full, chunkSize), (full, tokens - full, tokens - full) })
        {
            if (length > 0)
            {
                Tensor Part(Tensor x) => x.narrow(2, start, length).unflatten(2, length / chunk, chunk);
                var more = start + length < tokens;
                (var h, carried) = EqualChunks(Part(q), Part(k), Part(v), Part(i), Part(f).cumsum(-1), carried, more, eps);
                outputs.Add(h.flatten(2, 3));
            }
        }

        return (outputs.Count == 1 ? outputs[0].alias() : cat(outputs, 2)).MoveToOuterDisposeScope();
    }

    /// <summary>N chunks of L tokens; the inputs are <c>(B, H, N, L, ·)</c>, the gates <c>(B, H, N, L)</c>.</summary>
    /// <param name="q">Scaled queries.</param>
    /// <param name="k">Keys.</param>
    /// <param name="v">Values with ones.</param>
    /// <param name="i">Input gates.</param>
    /// <param name="b">Running sums of the log forget gates, from the start of each chunk.</param>
    /// <param name="before">What the tokens before left; null at the start of the sequence.</param>
    /// <param name="more">Whether tokens follow, so that the state behind the last chunk is needed.</param>
    /// <param name="eps">Added to the normaliser.</param>
    private static (Tensor H, Carried? After) EqualChunks(
        Tensor q, Tensor k, Tensor v, Tensor i, Tensor b, Carried? before, bool more, double eps)
    {
        var u = i - b;
        var running = u.cummax(-1).values;
        var mask = MlstmShapes.CausalMask(q.shape[3], q);
        Tensor w, sums;
        Carried? after = null;
        if (q.shape[2] == 1 && before is null && !more)
        {
            w = running;
            sums = Own(w);
        }
        else
        {
            var states = States(k, v, u, b, running, before, more);
            after = more ? states[^1] : null;
            var past = cat([.. states.Take((int)q.shape[2]).Select(state => state.M)], -1).unsqueeze(-1);
            w = maximum(past, running);
            var kept = (q * (past - w).exp().unsqueeze(-1)).matmul(
                stack(states.Take((int)q.shape[2]).Select(state => state.C), 2));
            sums = Own(w) + kept;
        }

        var width = v.shape[^1] - 1;
        var n = MlstmShapes.Normalizer(sums.narrow(-1, width, 1), (b + w).unsqueeze(-1));
        return (sums.narrow(-1, 0, width) / (n + eps), after);

        Tensor Own(Tensor w) => (q.matmul(k.transpose(-2, -1)) * (u.unsqueeze(-2) + mask - w.unsqueeze(-1)).exp()).matmul(v);
    }

    /// <summary>The states in front of each chunk, and behind the last where more tokens follow.</summary>
    private static List<Carried> States(Tensor k, Tensor v, Tensor u, Tensor b, Tensor running, Carried? before, bool more)
    {
        var last = u.shape[^1] - 1;
        var (top, g) = (running.narrow(-1, last, 1), b.narrow(-1, last, 1));
        // What each chunk writes, at its own stabiliser, for all chunks in one product. The stabiliser cancels in value and
        // gradient, so it takes no part in the graph.
        var own = top.detach();
        // Unbound at once: the backward of N selections would fill N zero tensors of the whole size.
        var written = (k * (u - own).exp().unsqueeze(-1)).transpose(-2, -1).matmul(v).unbind(2);
        var (decays, tops, scales) = (g.unbind(2), top.unbind(2), own.unbind(2));
        var states = new List<Carried>(written.Length + 1) { before ?? Carried.Nothing(written[0], scales[0]) };
        for (var chunk = 0; chunk < written.Length - (more ? 0 : 1); chunk++)
        {
            var (c, m) = states[^1];
            var w = maximum(m, tops[chunk]);
            var forget = (m - w).exp().unsqueeze(-1);
            var input = (scales[chunk] - w).exp().unsqueeze(-1);
            states.Add(new Carried((forget * c) + (input * written[chunk]), decays[chunk] + w));
        }

        return states;
    }

    /// <summary>Memory with the normaliser as last column <c>(B, H, K, V + 1)</c>, and stabiliser <c>(B, H, 1)</c>.</summary>
    private sealed record Carried(Tensor C, Tensor M)
    {
        public static Carried Nothing(Tensor c, Tensor m) => new(zeros_like(c), full_like(m, double.NegativeInfinity));
    }
}
