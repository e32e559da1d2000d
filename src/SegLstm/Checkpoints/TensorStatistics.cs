using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Checkpoints;

/// <summary>What the finite elements of a tensor are like; of complex ones, their magnitudes.</summary>
/// <param name="Minimum">The least; NaN where there is none.</param>
/// <param name="Maximum">The greatest; NaN where there is none.</param>
/// <param name="Mean">Their mean; NaN where there is none.</param>
/// <param name="StandardDeviation">Over all elements, not an estimate from a sample; NaN where there is none.</param>
/// <param name="NotFinite">How many others there are: NaN and infinities.</param>
public sealed record TensorStatistics(double Minimum, double Maximum, double Mean, double StandardDeviation, long NotFinite)
{
    // Elements that are widened to double at once.
    private const long PieceLength = 1 << 20;

    /// <summary>Goes over a tensor once, in pieces, so that large and expanded ones take no memory.</summary>
    /// <param name="tensor">Any shape, type and device.</param>
    public static TensorStatistics Of(Tensor tensor)
    {
        using var quiet = no_grad();
        var sum = new Sum();
        Add(tensor, ref sum);
        return sum.Count == 0 ? new(double.NaN, double.NaN, double.NaN, double.NaN, sum.NotFinite)
            : new(sum.Minimum, sum.Maximum, sum.Mean, Math.Sqrt(sum.Squares / sum.Count), sum.NotFinite);
    }

    private static void Add(Tensor tensor, ref Sum sum)
    {
        using var scope = NewDisposeScope();
        var elements = tensor.numel();
        if (elements > PieceLength)
        {
            var dimension = Array.FindIndex(tensor.shape, size => size > 1);
            var half = tensor.shape[dimension] / 2;
            Add(tensor.narrow(dimension, 0, half), ref sum);
            Add(tensor.narrow(dimension, half, tensor.shape[dimension] - half), ref sum);
        }
        else if (elements > 0)
        {
            sum.Add((tensor.is_complex() ? tensor.abs() : tensor).to_type(ScalarType.Float64).reshape(-1));
        }
    }

    /// <summary>Count, mean and sum of squared differences, which are added up without losing digits.</summary>
    /// <remarks>Chan, Golub, LeVeque: Updating Formulae and a Pairwise Algorithm for Computing Sample Variances (1979).</remarks>
    private struct Sum
    {
        public double Minimum, Maximum, Mean, Squares;
        public long Count, NotFinite;

        public void Add(Tensor values)
        {
            var isFinite = values.isfinite();
            var count = isFinite.sum().item<long>();
            NotFinite += values.numel() - count;
            if (count == 0)
            {
                return;
            }

            var finite = count == values.numel() ? values : values.masked_select(isFinite);
            var mean = finite.mean().item<double>();
            var (least, greatest) = (finite.min().item<double>(), finite.max().item<double>());
            Minimum = Count == 0 ? least : Math.Min(Minimum, least);
            Maximum = Count == 0 ? greatest : Math.Max(Maximum, greatest);
            var all = Count + count;
            Squares += (finite - mean).square().sum().item<double>() + ((mean - Mean) * (mean - Mean) * Count * count / all);
            Mean += (mean - Mean) * count / all;
            Count = all;
        }
    }
}
