using TorchSharp;
using static SegLstm.Kernels.Tokens.TokenTensors;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>What the three forms share: the shape check, the causal mask and the floored normaliser.</summary>
internal static class MlstmShapes
{
    /// <summary>Throws unless q, k <c>(B, H, S, K)</c>, v <c>(B, H, S, V)</c> and i, f <c>(B, H, S)</c> fit and hold at least one
    /// token.</summary>
    public static void Check(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f)
    {
        if (q.dim() != 4 || q.shape[2] < 1)
        {
            throw new ArgumentException($"mLSTM: expected queries (B, H, S, K) with at least one token, got {Text(q)}.",
                nameof(q));
        }

        var gate = q.shape[..3];
        Expect(k.shape.SequenceEqual(q.shape), nameof(k), "keys", "the shape of the queries, " + Text(q), k);
        Expect(v.dim() == 4 && v.shape[..3].SequenceEqual(gate), nameof(v), "values", $"({string.Join(", ", gate)}, V)", v);
        Expect(i.shape.SequenceEqual(gate), nameof(i), "input gates", $"({string.Join(", ", gate)})", i);
        Expect(f.shape.SequenceEqual(gate), nameof(f), "forget gates", $"({string.Join(", ", gate)})", f);
    }

    /// <summary>Throws unless the state fits keys <c>(B, H, ..., K)</c> and a value width.</summary>
    public static void Check(MlstmState state, Tensor keys, long valueWidth)
    {
        var (batch, heads, width) = (keys.shape[0], keys.shape[1], keys.shape[^1]);
        Expect(state.C.shape.SequenceEqual([batch, heads, width, valueWidth]), "state", "C",
            $"({batch}, {heads}, {width}, {valueWidth})", state.C);
        Expect(state.N.shape.SequenceEqual([batch, heads, width]), "state", "n", $"({batch}, {heads}, {width})", state.N);
        Expect(state.M.shape.SequenceEqual([batch, heads, 1]), "state", "m", $"({batch}, {heads}, 1)", state.M);
    }

    /// <summary>0 where the written token s is in the past of the reading token t or is t, -infinity where it lies ahead: <c>(S,
    /// S)</c>.</summary>
    /// <remarks>Added to a logarithm it is several times faster than a masked fill, and as exact.</remarks>
    public static Tensor CausalMask(long tokens, Tensor like) =>
        full([tokens, tokens], double.NegativeInfinity, dtype: like.dtype, device: like.device).triu(1);

    /// <summary><c>max(|dot|, exp(-m))</c>, the normaliser of a retrieved value.</summary>
    /// <remarks>
    /// The exponent is capped below the overflow of the dtype: with closed input gates (i near -1e4) the floor would become
    /// infinite and the gradient 0·∞. At the cap the value is already divided by 1e38 or more.
    /// </remarks>
    public static Tensor Normalizer(Tensor dot, Tensor m) =>
        maximum(dot.abs(), (-m).clamp_max(m.dtype == ScalarType.Float64 ? 709 : 88).exp());

    private static void Expect(bool holds, string argument, string what, string expected, Tensor got)
    {
        if (!holds)
        {
            throw new ArgumentException($"mLSTM: expected {what} of shape {expected}, got {Text(got)}.", argument);
        }
    }
}
