using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 01-vision-lstm may get wrong.</summary>
internal static class VisionLstmMistakes
{
    // The gate of the written token itself takes part, one factor too many.
    internal static Tensor Decay(Tensor f)
    {
        var logs = nn.functional.logsigmoid(f);
        var sums = logs.cumsum(0);
        return (sums.unsqueeze(1) - sums.unsqueeze(0) + logs.unsqueeze(0)).exp().tril();
    }

    // Starts from m = 0 instead of from nothing.
    internal static Tensor Stabilizer(Tensor i, Tensor f)
    {
        var m = tensor(0f);
        var all = new List<Tensor>();
        for (long t = 0; t < i.shape[0]; t++)
        {
            m = maximum(nn.functional.logsigmoid(f[t]) + m, i[t]);
            all.Add(m);
        }

        return stack(all);
    }

    // Turns the columns round, but not the rows.
    internal static Tensor ReversedTokens(Tensor map) => map.flip(3).flatten(2).transpose(1, 2);

    // Drops the chunk that is not full.
    internal static (long Chunks, long Entries) ChunkCost(long tokens, long length) =>
        (Math.Max(1, tokens / length), Math.Max(1, tokens / length) * length * (length + 1) / 2);
}
