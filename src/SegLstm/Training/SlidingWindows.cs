namespace SegLstm.Training;

/// <summary>
/// Overlapping windows that cover an image of any size, and the weights that blend them. The last window of a row or
/// column is shifted back inside the image, so that every window is full size; an image smaller than the window gets one
/// window that begins at 0 and reaches past the edge (the predictor pads it).
/// </summary>
public sealed class SlidingWindows
{
    private readonly float[] _profile;

    /// <summary>Lays windows over an image.</summary>
    /// <param name="width">Image width in pixels.</param>
    /// <param name="height">Image height in pixels.</param>
    /// <param name="size">Side of a square window in pixels.</param>
    /// <param name="overlap">Pixels that neighbouring windows share, less than <paramref name="size"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive, or the overlap does not fit.</exception>
    public SlidingWindows(int width, int height, int size, int overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        if (overlap < 0 || overlap >= size)
        {
            throw new ArgumentOutOfRangeException(nameof(overlap),
                $"The overlap of windows is {overlap} pixels: expected 0 to {size - 1}, less than the window of {size}.");
        }

        (Width, Height, Size, Overlap) = (width, height, size, overlap);
        Columns = Starts(width, size, size - overlap);
        Rows = Starts(height, size, size - overlap);
        _profile = Profile(size);
    }

    /// <summary>Image width in pixels.</summary>
    public int Width { get; }

    /// <summary>Image height in pixels.</summary>
    public int Height { get; }

    /// <summary>Side of a window in pixels.</summary>
    public int Size { get; }

    /// <summary>Pixels that neighbouring windows share; the shifted last window shares more.</summary>
    public int Overlap { get; }

    /// <summary>Left edges of the windows, rising.</summary>
    public IReadOnlyList<int> Columns { get; }

    /// <summary>Top edges of the windows, rising.</summary>
    public IReadOnlyList<int> Rows { get; }

    /// <summary>Number of windows.</summary>
    public long Count => (long)Columns.Count * Rows.Count;

    /// <summary>
    /// Weight of each pixel along one side of a window, `(Size)`: a raised cosine, greatest in the middle and small but
    /// positive at the edge. A pixel's weight is the product of its row's and its column's.
    /// </summary>
    public ReadOnlySpan<float> Weights => _profile;

    /// <summary>The first row that a window of row <paramref name="row"/> or later still touches no more: rows above
    /// the next row's top edge are final once this row of windows is done.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    public int FinalRowsAfter(int row) => row + 1 < Rows.Count ? Rows[row + 1] : Height;

    /// <summary>The first row of windows that touches the pixels which begin with the top edge of row <paramref name="row"/>.</summary>
    /// <param name="row">Index into <see cref="Rows"/>.</param>
    public int FirstInto(int row) => Enumerable.Range(0, Rows.Count).First(index => Rows[index] + Size > Rows[row]);

    private static int[] Starts(int length, int size, int stride)
    {
        if (length <= size) return [0];
        int count = (length - size + stride - 1) / stride + 1;
        int[] starts = new int[count];
        for (int i = 0; i < count; i++) starts[i] = Math.Min(i * stride, length - size);
        return starts;
    }

    private static float[] Profile(int size)
    {
        float[] profile = new float[size];
        for (int i = 0; i < size; i++)
        {
            double sine = Math.Sin(Math.PI * (i + 0.5) / size);
            // The floor keeps the sum of weights well above rounding where one window alone covers a pixel.
            profile[i] = (float)Math.Max(1e-3, sine * sine);
        }

        return profile;
    }
}
