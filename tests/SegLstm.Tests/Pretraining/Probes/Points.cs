using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Probes;

/// <summary>Features that several tests probe, drawn without torch's generator.</summary>
internal static class Points
{
    internal static Tensor Of(params double[][] rows) => tensor([.. rows.SelectMany(row => row)], [rows.Length, rows[0].Length]);

    /// <summary>Normally distributed around 0.</summary>
    internal static Tensor Normal(int count, int width, int seed)
    {
        var random = new Random(seed);
        return tensor([.. Enumerable.Range(0, count * width).Select(_ => Normal(random))], [count, width]);
    }

    /// <summary>Clusters around corners: item i is of cluster i mod clusters, whose dimension of that number is larger by
    /// <paramref name="distance"/>.</summary>
    internal static (Tensor Features, int[] Labels) Clusters(int count, int width, int clusters, double distance, int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, count * width).Select(i => Normal(random) + (i % width == i / width % clusters ? distance : 0))];
        return (tensor(values, [count, width]), [.. Enumerable.Range(0, count).Select(i => i % clusters)]);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
