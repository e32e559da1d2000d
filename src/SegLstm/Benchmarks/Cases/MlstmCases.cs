using SegLstm.Kernels.Mlstm;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks.Cases;

/// <summary>The mLSTM as layers run it. Reference: the authors' chunkwise formula on torch operators,
/// <see cref="MlstmChunkwise"/> with chunks of 64.</summary>
/// <remarks>The backward pass is counted as twice the forward pass: two products for each. Scores and states that are computed
/// again there are time, not work.</remarks>
internal static class MlstmCases
{
    private const string Family = "mlstm.chunkwise";

    /// <summary>Heads of ViL and Seg-LSTM.</summary>
    public const long Heads = 4;

    /// <summary>All cases.</summary>
    public static IEnumerable<BenchmarkCase> All(bool quick)
    {
        foreach (var width in quick ? new long[] { 96 } : [64, 96, 192])
        {
            foreach (var tokens in quick ? new long[] { 1024 } : [1024, 4096])
            {
                yield return Forward(tokens, width);
                yield return Forward(tokens, width) with
                {
                    Name = $"{Family}.backward",
                    Work = 2 * Work(tokens, width),
                    Prepare = () => Prepare(tokens, width, Contest.Backward),
                };
            }
        }
    }

    /// <summary>The forward pass.</summary>
    /// <param name="tokens">S.</param>
    /// <param name="width">Width of a head.</param>
    public static BenchmarkCase Forward(long tokens, long width) =>
        new(() => Prepare(tokens, width, (mlstm, _) => Contest.Forward(mlstm)))
        {
            Name = $"{Family}.forward",
            Shape = $"{Heads} x {width}, S {tokens}",
            Unit = "(token, head)",
            Units = Heads * tokens,
            Work = Work(tokens, width),
            AlsoOnOneThread = true,
        };

    /// <summary>q, k, v and both gates are read, h is written.</summary>
    private static Work Work(long tokens, long width) => new(
        Heads * MlstmComplexity.MultiplyAdds(new MlstmOptions(), tokens, width),
        Bytes: sizeof(float) * Heads * tokens * ((4.0 * width) + 2));

    private static Contest Prepare(long tokens, long width, Func<Func<Tensor>, IReadOnlyList<Tensor>, Func<Action>> round)
    {
        Tensor Leaf(Tensor x) => x.requires_grad_();
        Tensor Tokens() => Leaf(randn(1, Heads, tokens, width));
        var (q, k, v) = (Tokens(), Tokens(), Tokens());
        // Forget gates as a fresh ViL has them: sigmoid(4.5) = 0.989.
        var (i, f) = (Leaf(randn(1, Heads, tokens)), Leaf(randn(1, Heads, tokens) + 4.5));
        Tensor[] leaves = [q, k, v, i, f];
        var options = new MlstmOptions();
        return new Contest(
            round(() => options.Run(q, k, v, i, f), leaves), round(() => MlstmChunkwise.Forward(q, k, v, i, f).H, leaves));
    }
}
