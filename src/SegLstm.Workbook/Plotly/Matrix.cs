using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Plotly;

/// <summary>
/// Numbers in rows and columns, as a heatmap shows them. Two-dimensional arrays and tensors become a <see cref="Matrix"/>
/// by themselves; NaN and infinite numbers stay empty.
/// </summary>
public sealed class Matrix
{
    private readonly double[] _numbers;

    private Matrix(int rows, int columns, double[] numbers, bool single) =>
        (Rows, Columns, _numbers, Single) = (rows, columns, numbers, single);

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Columns.</summary>
    public int Columns { get; }

    /// <summary>Whether the numbers were of single precision, which need fewer digits.</summary>
    internal bool Single { get; }

    /// <summary>The numbers, row after row.</summary>
    internal ReadOnlySpan<double> Numbers => _numbers;

    /// <summary>A number.</summary>
    public double this[int row, int column] => _numbers[(row * Columns) + column];

    /// <summary>Copies an array.</summary>
    public static implicit operator Matrix(double[,] numbers) => Copy(numbers, v => v, single: false);

    /// <summary>Copies an array.</summary>
    public static implicit operator Matrix(float[,] numbers) => Copy(numbers, v => v, single: true);

    /// <summary>Copies an array.</summary>
    public static implicit operator Matrix(int[,] numbers) => Copy(numbers, v => v, single: false);

    /// <summary>Copies an array.</summary>
    public static implicit operator Matrix(long[,] numbers) => Copy(numbers, v => v, single: false);

    /// <summary>Copies a tensor.</summary>
    /// <param name="tensor">(rows, columns), any real type and device.</param>
    /// <exception cref="ArgumentException">Another shape, or complex numbers.</exception>
    public static implicit operator Matrix(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.shape.Length != 2 || tensor.is_complex())
        {
            throw new ArgumentException(
                $"A heatmap takes a real tensor of two dimensions; this is {tensor.dtype} ({string.Join(", ", tensor.shape)}). "
                + "Choose one matrix with indexing.", nameof(tensor));
        }

        return new Matrix((int)tensor.shape[0], (int)tensor.shape[1], Values.Read(tensor), Values.IsSingle(tensor));
    }

    /// <summary>The means of blocks; those at the end may be smaller.</summary>
    /// <param name="height">Rows of a block.</param>
    /// <param name="width">Columns of a block.</param>
    internal Matrix Reduced(int height, int width)
    {
        if (height == 1 && width == 1) return this;
        int rows = (Rows + height - 1) / height, columns = (Columns + width - 1) / width;
        var means = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                means[(row * columns) + column] = Mean(row * height, column * width, height, width);
        }

        return new Matrix(rows, columns, means, Single);
    }

    private double Mean(int row, int column, int height, int width)
    {
        double sum = 0;
        int count = 0;
        for (int r = row; r < Math.Min(Rows, row + height); r++)
        {
            for (int c = column; c < Math.Min(Columns, column + width); c++)
            {
                if (!double.IsFinite(this[r, c])) continue;
                sum += this[r, c];
                count++;
            }
        }

        return count == 0 ? double.NaN : sum / count;
    }

    private static Matrix Copy<T>(T[,] numbers, Func<T, double> number, bool single)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        return new Matrix(numbers.GetLength(0), numbers.GetLength(1), [.. numbers.Cast<T>().Select(number)], single);
    }
}
