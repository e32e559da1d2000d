using SegLstm.Kernels.Mlstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Kernels.Mlstm;

/// <summary>Random inputs of an mLSTM, with gradients wanted.</summary>
internal sealed class MlstmInputs
{
    private readonly Tensor weight;

    public MlstmInputs(
        long tokens, long keyWidth = 4, long valueWidth = 4, double gateScale = 1, double gateShift = 0, long seed = 1,
        ScalarType dtype = ScalarType.Float64, long batch = 2, long heads = 2)
    {
        manual_seed(seed);
        Tensor Leaf(params long[] shape) => randn(shape, dtype: dtype);
        Q = Leaf(batch, heads, tokens, keyWidth).requires_grad_();
        K = Leaf(batch, heads, tokens, keyWidth).requires_grad_();
        V = Leaf(batch, heads, tokens, valueWidth).requires_grad_();
        I = (Leaf(batch, heads, tokens) * gateScale + gateShift).requires_grad_();
        F = (Leaf(batch, heads, tokens) * gateScale + gateShift).requires_grad_();
        weight = Leaf(batch, heads, tokens, valueWidth);
    }

    public Tensor Q { get; }

    public Tensor K { get; }

    public Tensor V { get; }

    public Tensor I { get; }

    public Tensor F { get; }

    public (string Name, Tensor Leaf)[] Leaves => [("q", Q), ("k", K), ("v", V), ("i", I), ("f", F)];

    public Tensor Parallel() => MlstmParallel.Forward(Q, K, V, I, F);

    public Tensor Chunkwise(long chunk, MlstmState? initial = null) =>
        MlstmChunkwise.Forward(Q, K, V, I, F, chunk, initial ?? MlstmState.Nothing(K, V.shape[^1])).H;

    public Tensor Recurrent(MlstmState? initial = null) =>
        MlstmRecurrent.Forward(Q, K, V, I, F, initial ?? MlstmState.Nothing(K, V.shape[^1])).H;

    public Tensor Sequence(long chunk) => MlstmSequence.Forward(Q, K, V, I, F, chunk);

    /// <summary>A scalar that weighs every output differently.</summary>
    public Tensor Loss(Tensor h) => (h * weight).sum();

    /// <summary>Gradients of <see cref="Loss"/> in the order of <see cref="Leaves"/>.</summary>
    public Tensor[] Gradients(Tensor h)
    {
        foreach (var (_, leaf) in Leaves)
        {
            leaf.grad = null;
        }

        Loss(h).backward();
        return [.. Leaves.Select(leaf => leaf.Leaf.grad!.clone())];
    }
}
