using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Notebooks.Tests.Solutions;

/// <summary>What a reader of 01-vision-lstm may write.</summary>
internal static class VisionLstmSolutions
{
    internal static Tensor Decay(Tensor f)
    {
        var sums = nn.functional.logsigmoid(f).cumsum(0);
        return (sums.unsqueeze(1) - sums.unsqueeze(0)).exp().tril();
    }

    internal static Tensor Stabilizer(Tensor i, Tensor f)
    {
        var m = tensor(float.NegativeInfinity);
        var all = new List<Tensor>();
        for (long t = 0; t < i.shape[0]; t++)
        {
            m = maximum(nn.functional.logsigmoid(f[t]) + m, i[t]);
            all.Add(m);
        }

        return stack(all);
    }

    internal static Tensor ReversedTokens(Tensor map) => map.flatten(2).transpose(1, 2).flip(1);

    internal static (long Chunks, long Entries) ChunkCost(long tokens, long length)
    {
        long full = tokens / length, rest = tokens % length;
        return (full + (rest > 0 ? 1 : 0), (full * length * (length + 1) / 2) + (rest * (rest + 1) / 2));
    }
}
