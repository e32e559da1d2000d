using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Kernels.Mlstm;

/// <summary>How a layer computes its mLSTM. All choices give the same function: they differ in speed and memory only.</summary>
public sealed record MlstmOptions
{
    /// <summary>The form.</summary>
    public MlstmForm Form { get; init; } = MlstmForm.Automatic;

    /// <summary>L of the chunkwise form.</summary>
    public long ChunkSize { get; init; } = 64;

    /// <summary>Longest sequence for which <see cref="MlstmForm.Automatic"/> takes the parallel form.</summary>
    /// <remarks>
    /// Measured on one x86 core, forward and backward of a small Seg-LSTM: equal at 64 tokens, the chunkwise form 1.1 times as fast
    /// at 144, 1.5 times at 256, 12 times at 1,024.
    /// </remarks>
    public long ParallelUpTo { get; init; } = 128;

    /// <summary>Added to the normaliser.</summary>
    public double Eps { get; init; } = 1e-6;

    /// <summary>The form taken for a sequence of <paramref name="tokens"/> tokens.</summary>
    public MlstmForm FormFor(long tokens) => Form switch
    {
        MlstmForm.Automatic => tokens <= ParallelUpTo ? MlstmForm.Parallel : MlstmForm.Chunkwise,
        _ => Form,
    };

    /// <summary>Runs the chosen form on a sequence without a past.</summary>
    /// <param name="q">Queries <c>(B, H, S, K)</c>.</param>
    /// <param name="k">Keys <c>(B, H, S, K)</c>.</param>
    /// <param name="v">Values <c>(B, H, S, V)</c>.</param>
    /// <param name="i">Input gate pre-activations <c>(B, H, S)</c>.</param>
    /// <param name="f">Forget gate pre-activations <c>(B, H, S)</c>.</param>
    /// <returns>Retrieved values <c>(B, H, S, V)</c>.</returns>
    /// <remarks>The stateful forms start from <see cref="MlstmState.Nothing"/>, so that all agree to rounding, at any length.</remarks>
    public Tensor Run(Tensor q, Tensor k, Tensor v, Tensor i, Tensor f)
    {
        using var scope = NewDisposeScope();
        var h = FormFor(q.shape[2]) switch
        {
            MlstmForm.ParallelStable => MlstmParallel.ForwardStable(q, k, v, i, f, Eps).H,
            MlstmForm.Chunkwise => MlstmChunkwise.Forward(q, k, v, i, f, ChunkSize, MlstmState.Nothing(k, v.shape[^1]), eps: Eps).H,
            MlstmForm.Recurrent => MlstmRecurrent.Forward(q, k, v, i, f, MlstmState.Nothing(k, v.shape[^1]), Eps).H,
            _ => MlstmParallel.Forward(q, k, v, i, f, eps: Eps),
        };
        return h.MoveToOuterDisposeScope();
    }
}
