using System.Collections;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Plotly;

/// <summary>
/// Numbers along one axis of a figure. Arrays, lists, collection expressions and one-dimensional tensors become
/// <see cref="Values"/> by themselves; NaN and infinite numbers are gaps.
/// </summary>
[CollectionBuilder(typeof(Values), nameof(Create))]
public sealed class Values : IReadOnlyList<double>
{
    private readonly double[] _numbers;

    private Values(double[] numbers, bool single) => (_numbers, Single) = (numbers, single);

    /// <inheritdoc/>
    public int Count => _numbers.Length;

    /// <summary>Whether the numbers were of single precision, which need fewer digits.</summary>
    internal bool Single { get; }

    /// <inheritdoc/>
    public double this[int index] => _numbers[index];

    /// <summary>Copies numbers.</summary>
    /// <param name="numbers">Any count.</param>
    public static Values Create(ReadOnlySpan<double> numbers) => new(numbers.ToArray(), single: false);

    /// <summary>Copies numbers.</summary>
    /// <param name="numbers">Any count.</param>
    public static Values Of(IEnumerable<double> numbers) => new([.. numbers], single: false);

    /// <summary>Copies an array.</summary>
    public static implicit operator Values(double[] numbers) => new([.. numbers], single: false);

    /// <summary>Copies an array.</summary>
    public static implicit operator Values(float[] numbers) => new(Array.ConvertAll(numbers, v => (double)v), single: true);

    /// <summary>Copies an array.</summary>
    public static implicit operator Values(int[] numbers) => new(Array.ConvertAll(numbers, v => (double)v), single: false);

    /// <summary>Copies an array.</summary>
    public static implicit operator Values(long[] numbers) => new(Array.ConvertAll(numbers, v => (double)v), single: false);

    /// <summary>Copies a list.</summary>
    public static implicit operator Values(List<double> numbers) => new([.. numbers], single: false);

    /// <summary>Copies a list.</summary>
    public static implicit operator Values(List<float> numbers) => numbers.ToArray();

    /// <summary>Copies a list.</summary>
    public static implicit operator Values(List<int> numbers) => numbers.ToArray();

    /// <summary>Copies a list.</summary>
    public static implicit operator Values(List<long> numbers) => numbers.ToArray();

    /// <summary>Copies a tensor.</summary>
    /// <param name="tensor">(N), any real type and device.</param>
    /// <exception cref="ArgumentException">Another shape, or complex numbers.</exception>
    public static implicit operator Values(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.shape.Length != 1 || tensor.is_complex())
        {
            throw new ArgumentException(
                $"An axis takes a real tensor of one dimension; this is {tensor.dtype} ({string.Join(", ", tensor.shape)}). "
                + "Choose a row with indexing, or flatten() it.", nameof(tensor));
        }

        return new Values(Read(tensor), IsSingle(tensor));
    }

    /// <inheritdoc/>
    public IEnumerator<double> GetEnumerator() => ((IEnumerable<double>)_numbers).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _numbers.GetEnumerator();

    internal static double[] Read(Tensor tensor)
    {
        using var scope = NewDisposeScope();
        // The accessor would hold the copy's memory until it is collected.
        using var numbers = tensor.detach().cpu().to_type(ScalarType.Float64).contiguous().data<double>();
        return numbers.ToArray();
    }

    internal static bool IsSingle(Tensor tensor) =>
        tensor.dtype is ScalarType.Float32 or ScalarType.Float16 or ScalarType.BFloat16;
}
