using SegLstm.Kernels.Attention;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Benchmarks.Cases;

/// <summary>Softmax attention as the transformers here run it. Reference: the same on torch operators.</summary>
/// <remarks>The backward pass counts the five products of which it consists.</remarks>
internal static class AttentionCases
{
    private const string Family = "attention";

    /// <summary>All cases: windows of Swin-T, tokens of DeiT-T at 224 and at 512 pixels, and captions of CLIP.</summary>
    public static IEnumerable<BenchmarkCase> All(bool quick)
    {
        foreach (var (batch, tokens, heads, width) in quick
            ? new (long, long, long, long)[] { (64, 49, 3, 32) } : [(64, 49, 3, 32), (8, 77, 8, 64), (4, 197, 3, 64), (1, 1025, 3, 64)])
        {
            yield return new(() => Prepare(batch, tokens, heads, width, (run, _) => Contest.Forward(run)))
            {
                Name = $"{Family}.forward",
                Shape = $"{batch} x {heads} x {width}, N {tokens}",
                Unit = "(token, head)",
                Units = batch * tokens * heads,
                Work = Work(batch, tokens, heads, width, products: 2),
                AlsoOnOneThread = true,
            };
            yield return new(() => Prepare(batch, tokens, heads, width, Contest.Backward))
            {
                Name = $"{Family}.backward",
                Shape = $"{batch} x {heads} x {width}, N {tokens}",
                Unit = "(token, head)",
                Units = batch * tokens * heads,
                Work = Work(batch, tokens, heads, width, products: 5),
                AlsoOnOneThread = true,
            };
        }
    }

    private static Work Work(long batch, long tokens, long heads, long width, int products) => new(
        (double)products * batch * heads * tokens * tokens * width, (double)batch * heads * tokens * tokens,
        Bytes: sizeof(float) * batch * tokens * 4.0 * heads * width);

    private static Contest Prepare(
        long batch, long tokens, long heads, long width, Func<Func<Tensor>, IReadOnlyList<Tensor>, Func<Action>> round)
    {
        var qkv = randn(batch, tokens, 3 * heads * width).requires_grad_();
        return new Contest(
            round(() => Attention.Forward(qkv, heads), [qkv]), round(() => AttentionReference.Forward(qkv, heads), [qkv]));
    }
}
