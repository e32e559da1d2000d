using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>How a layer computes its mLSTM. All choices give the same function: they differ in speed and memory only.</summary>
public sealed record MlstmOptions
{
    /// <summary>The form.</summary>
    public MlstmForm Form { get; init; } = MlstmForm.Automatic;

    /// <summary>L, tokens in a chunk.</summary>
    public long ChunkSize { get; init; } = 64;

    /// <summary>
    /// Longest sequence that <see cref="MlstmForm.Automatic"/> takes in one piece; null: <c>100 + 1.6·d</c> for heads of width d.
    /// </summary>
    /// <remarks>
    /// Measured with libtorch 1.13 on one x86-64 core, forward and backward: where chunks of 64 become faster, heads 16 wide at
    /// about 125 tokens, 48 at 190, 96 at 250, 192 at 400, 384 at 750. At 1,024 tokens and 48 they are 11 times as fast.
    /// </remarks>
    public long? ParallelUpTo { get; init; }

    /// <summary>Added to the normaliser.</summary>
    public double Eps { get; init; } = 1e-6;

    /// <summary>Tokens in a chunk; all tokens where the form is parallel.</summary>
    /// <param name="tokens">Tokens of the sequence.</param>
    /// <param name="width">Width of a head.</param>
    public long ChunkFor(long tokens, long width) => Form switch
    {
        MlstmForm.Automatic or MlstmForm.Sequence => tokens <= (ParallelUpTo ?? 100 + (8 * width / 5)) ? tokens : ChunkSize,
        MlstmForm.Chunkwise => ChunkSize,
        MlstmForm.Recurrent => 1,
        _ => tokens,
    };

    /// <summary>Runs the chosen form on a sequence without a past.</summary>
    /// <param name="q">Queries <c>(B, H, S, K)</c>.</param>
    /// <param name="k">Keys <c>(B, H, S, K)</c>.</param>
    /// <param name="v">Values <c>(B, H, S, V)</c>.</param>
    /// <param name="i">Input gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="f">Forget gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="reverse">Whether the last token is read first.</param>
    /// <returns>Retrieved values <c>(B, H, S, V)</c>.</returns>
    /// <remarks>The stateful forms start from <see cref="MlstmState.Nothing"/>, so that all agree to rounding, at any
    /// length.</remarks>
    public Tensor Run(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f, bool reverse = false)
    {
        using var scope = NewDisposeScope();
        var chunk = ChunkFor(q.shape[2], q.shape[3]);
        if (Form == MlstmForm.Automatic)
        {
            return Mlstm.Forward(q, k, v, i, f, reverse, chunk, Eps).MoveToOuterDisposeScope();
        }

        // Left as views of tokens, every product and every gate matrix would copy or walk them in that order.
        Tensor Ready(Tensor x) => reverse ? x.flip(2) : x.contiguous();
        (q, k, v, i, f) = (Ready(q), Ready(k), Ready(v), Ready(i), Ready(f));
        var h = Form switch
        {
            MlstmForm.Parallel => MlstmParallel.Forward(q, k, v, i, f, eps: Eps),
            MlstmForm.ParallelStable => MlstmParallel.ForwardStable(q, k, v, i, f, Eps).H,
            MlstmForm.Chunkwise =>
                MlstmChunkwise.Forward(q, k, v, i, f, ChunkSize, MlstmState.Nothing(k, v.shape[^1]), eps: Eps).H,
            MlstmForm.Recurrent => MlstmRecurrent.Forward(q, k, v, i, f, MlstmState.Nothing(k, v.shape[^1]), Eps).H,
            _ => MlstmSequence.Forward(q, k, v, i, f, chunk, Eps),
        };
        return (reverse ? h.flip(2) : h).MoveToOuterDisposeScope();
    }
}
