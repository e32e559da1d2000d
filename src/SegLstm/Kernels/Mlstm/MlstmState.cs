using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>What an mLSTM remembers between two tokens: a stabilised matrix memory, its normaliser, and the exponent both are
/// scaled by.</summary>
/// <param name="C">Matrix memory <c>(B, H, K, V)</c>; the true memory is <c>C * exp(M)</c>.</param>
/// <param name="N">Normaliser <c>(B, H, K)</c>; the true one is <c>N * exp(M)</c>.</param>
/// <param name="M">Stabiliser <c>(B, H, 1)</c>, the running maximum of the log gates.</param>
/// <remarks>Shape letters: see <see cref="MlstmParallel"/>. The keys in the state carry no <c>1/sqrt(K)</c>; the query
/// does.</remarks>
public sealed record MlstmState(Tensor C, Tensor N, Tensor M)
{
    /// <summary>The empty memory that the authors' kernels start from: C = 0, n = 0 and <b>m = 0</b>.</summary>
    /// <param name="keys">Any tensor <c>(B, H, S, K)</c> that says batch, heads, key width, dtype and device.</param>
    /// <param name="valueWidth">V.</param>
    public static MlstmState Zero(Tensor keys, long valueWidth) => Empty(keys, valueWidth, 0);

    /// <summary>The empty memory with <b>m = -infinity</b>: no past at all, so that every form agrees with
    /// <see cref="MlstmParallel"/> to rounding.</summary>
    /// <remarks>With m = 0 an empty past still raises the stabiliser, and with it the weight of eps: the forms then agree to
    /// about 1e-6 only.</remarks>
    /// <inheritdoc cref="Zero"/>
    public static MlstmState Nothing(Tensor keys, long valueWidth) => Empty(keys, valueWidth, double.NegativeInfinity);

    private static MlstmState Empty(Tensor keys, long valueWidth, double m)
    {
        var (batch, heads, width) = (keys.shape[0], keys.shape[1], keys.shape[^1]);
        return new MlstmState(
            zeros([batch, heads, width, valueWidth], dtype: keys.dtype, device: keys.device),
            zeros([batch, heads, width], dtype: keys.dtype, device: keys.device),
            full([batch, heads, 1], m, dtype: keys.dtype, device: keys.device));
    }

    /// <summary>Frees the three tensors.</summary>
    internal void Dispose()
    {
        C.Dispose();
        N.Dispose();
        M.Dispose();
    }

    /// <summary>Hands the three tensors to the scope around the current one.</summary>
    internal MlstmState MoveToOuterDisposeScope() =>
        new(C.MoveToOuterDisposeScope(), N.MoveToOuterDisposeScope(), M.MoveToOuterDisposeScope());
}
