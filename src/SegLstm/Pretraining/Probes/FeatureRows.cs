using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Probes;

/// <summary>
/// Features in double precision, one row an item. Probes compute on them in one fixed order, so that they give the same bits on
/// any number of threads.
/// </summary>
internal sealed class FeatureRows
{
    private readonly double[] _values;

    internal FeatureRows(double[] values, int count, int width) => (_values, Count, Width) = (values, count, width);

    internal int Count { get; }

    internal int Width { get; }

    internal ReadOnlySpan<double> this[int row] => _values.AsSpan(row * Width, Width);

    /// <summary>Copies features out of a tensor.</summary>
    /// <param name="features">(N, D), floating point, any device.</param>
    /// <param name="name">What the caller calls them.</param>
    /// <param name="atLeast">Rows that are needed.</param>
    /// <exception cref="ArgumentException">Another shape or type, too few rows, or a value that is not finite.</exception>
    internal static FeatureRows Of(Tensor features, string name, int atLeast = 1)
    {
        ArgumentNullException.ThrowIfNull(features, name);
        if (features.shape.Length != 2 || !features.is_floating_point() || features.shape[1] < 1)
        {
            throw new ArgumentException(
                $"Features are (items, dimensions) of a floating-point type; this is {features.dtype} ({string.Join(", ", features.shape)}). "
                + "Of feature maps (N, C, h, w) take the mean over the last two dimensions.", name);
        }

        if (features.shape[0] < atLeast)
            throw new ArgumentException($"There are {features.shape[0]} items: expected at least {atLeast}.", name);
        using var scope = NewDisposeScope();
        using var values = features.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>();
        double[] copy = values.ToArray();
        int width = (int)features.shape[1], wrong = Array.FindIndex(copy, value => !double.IsFinite(value));
        if (wrong >= 0)
        {
            throw new ArgumentException(
                $"Item {wrong / width} has {copy[wrong]} in dimension {wrong % width}: expected finite numbers. Look at the loss and "
                + "the learning rate of the model that made them.", name);
        }

        return new FeatureRows(copy, (int)features.shape[0], width);
    }

    /// <summary>The rows at length 1.</summary>
    /// <exception cref="ArgumentException">A row is 0 and has no direction.</exception>
    internal FeatureRows Normalised(string name)
    {
        double[] values = new double[_values.Length];
        for (int row = 0; row < Count; row++)
        {
            double length = Math.Sqrt(Dot(this[row], this[row]));
            if (length == 0)
            {
                throw new ArgumentException(
                    $"The features of item {row} are all 0: they have no direction to compare. Has the model collapsed?", name);
            }

            for (int i = 0; i < Width; i++) values[row * Width + i] = _values[row * Width + i] / length;
        }

        return new FeatureRows(values, Count, Width);
    }

    /// <summary>The rows less their mean.</summary>
    internal FeatureRows Centred()
    {
        double[] mean = new double[Width];
        for (int row = 0; row < Count; row++)
        {
            for (int i = 0; i < Width; i++) mean[i] += this[row][i] / Count;
        }

        double[] values = new double[_values.Length];
        for (int i = 0; i < values.Length; i++) values[i] = _values[i] - mean[i % Width];
        return new FeatureRows(values, Count, Width);
    }

    /// <summary>Whether all rows are the same, but for rounding.</summary>
    internal bool AreAlike()
    {
        double largest = 0;
        foreach (double value in _values) largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < _values.Length; i++)
        {
            if (Math.Abs(_values[i] - _values[i % Width]) > 1e-12 * largest) return false;
        }

        return true;
    }

    internal Tensor ToTensor() => tensor(_values, [Count, Width]);

    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    internal static double SquaredDistance(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++) sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    /// <summary>Does something for each row on as many threads as libtorch uses.</summary>
    internal static void ForEach(int count, Action<int> act) =>
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = get_num_threads() }, act);
}
