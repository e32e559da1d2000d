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

    /// <summary>Longest sequence that <see cref="MlstmForm.Automatic"/> takes in one piece.</summary>
    /// <remarks>Measured on one x86-64 core, forward and backward: chunks of 64 are level at 128 tokens, 1.5 times as fast at
    /// 256, over 10 times at 1,024.</remarks>
    public long ParallelUpTo { get; init; } = 128;

    /// <summary>Added to the normaliser.</summary>
    public double Eps { get; init; } = 1e-6;

    /// <summary>Tokens in a chunk for a sequence of <paramref name="tokens"/> tokens; all of them where the form is
    /// parallel.</summary>
    public long ChunkFor(long tokens) => Form switch
    {
        MlstmForm.Automatic => tokens <= ParallelUpTo ? tokens : ChunkSize,
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
    /// <returns>Retrieved values <c>(B, H, S, V)</c>.</returns>
    /// <remarks>The stateful forms start from <see cref="MlstmState.Nothing"/>, so that all agree to rounding, at any
    /// length.</remarks>
    public Tensor Run(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f)
    {
        using var scope = NewDisposeScope();
        var h = Form switch
        {
            MlstmForm.Parallel => MlstmParallel.Forward(q, k, v, i, f, eps: Eps),
            MlstmForm.ParallelStable => MlstmParallel.ForwardStable(q, k, v, i, f, Eps).H,
            MlstmForm.Chunkwise =>
                MlstmChunkwise.Forward(q, k, v, i, f, ChunkSize, MlstmState.Nothing(k, v.shape[^1]), eps: Eps).H,
            MlstmForm.Recurrent => MlstmRecurrent.Forward(q, k, v, i, f, MlstmState.Nothing(k, v.shape[^1]), Eps).H,
            _ => MlstmSequence.Forward(q, k, v, i, f, ChunkFor(q.shape[2]), Eps),
        };
        return h.MoveToOuterDisposeScope();
    }
}
