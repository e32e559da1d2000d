using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 08-kernels may get wrong.</summary>
internal static class KernelMistakes
{
    // Counts whole squares of scores, not what lies on and below the diagonal.
    internal static long FewestMultiplyAdds(long width) => Enumerable.Range(1, 512)
        .MinBy(chunk => (chunk * ((2 * width) + 3)) + (2.0 * width * width / chunk));

    // Reads before it writes.
    internal static Tensor Unfused(Tensor u, Tensor delta, Tensor A, Tensor B, Tensor C)
    {
        var decays = (delta.unsqueeze(-1) * A.unsqueeze(1)).exp();
        var written = (delta * u).unsqueeze(-1) * B.transpose(1, 2).unsqueeze(1);
        var x = zeros_like(decays.select(2, 0));
        var results = new List<Tensor>();
        for (long t = 0; t < u.shape[2]; t++)
        {
            results.Add((x * C.select(2, t).unsqueeze(1)).sum(-1));
            x = (decays.select(2, t) * x) + written.select(2, t);
        }

        return stack(results, 2);
    }

    // Addresses the numbers twice the other way round and moves none.
    internal static Tensor TokensLast(Tensor keys) => keys.transpose(2, 3).transpose(2, 3).contiguous();

    // Silence from the start.
    internal static Tensor Whisper(long channels, long tokens) => zeros(1, channels, tokens);
}
