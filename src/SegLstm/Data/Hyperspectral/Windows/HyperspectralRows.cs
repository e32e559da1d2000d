namespace SegLstm.Data.Hyperspectral.Windows;

/// <summary>
/// A scene that is read row by row, from a file, from memory or from a formula, so that maps of scenes larger than memory can be made.
/// </summary>
public abstract class HyperspectralRows : IDisposable
{
    /// <summary>The scene's name.</summary>
    public abstract string Name { get; }

    /// <summary>Rows.</summary>
    public abstract int Height { get; }

    /// <summary>Columns.</summary>
    public abstract int Width { get; }

    /// <summary>Number of bands.</summary>
    public abstract int Bands { get; }

    /// <summary>The centre of each band in nanometres, or null.</summary>
    public abstract IReadOnlyList<double>? Wavelengths { get; }

    /// <summary>Reads whole rows.</summary>
    /// <param name="firstRow">The first, from 0.</param>
    /// <param name="rows">How many.</param>
    /// <param name="samples">rows x width x bands values: that of (row, column, band) at ((row - first) * width + column) * bands + band.</param>
    /// <exception cref="ArgumentException">Rows that are not there, or a span of another length.</exception>
    public void Read(int firstRow, int rows, Span<float> samples)
    {
        if (firstRow < 0 || rows < 1 || firstRow > Height - rows)
            throw new ArgumentException($"'{Name}' has {Height} rows: there are no {rows} from row {firstRow}.");
        if (samples.Length != (long)rows * Width * Bands)
            throw new ArgumentException(
                $"{rows} rows of {Width} pixels and {Bands} bands are {(long)rows * Width * Bands:N0} samples; the span has {samples.Length:N0}.");
        Fill(firstRow, rows, samples);
    }

    /// <summary>Closes what is behind it.</summary>
    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Reads rows that are there into a span that fits.</summary>
    private protected abstract void Fill(int firstRow, int rows, Span<float> samples);
}
