namespace SegLstm.Data.Hyperspectral.Windows;

/// <summary>
/// Gives the rows of a scene with a mirrored rim around them, so that windows around every pixel lie in one piece of memory. Going
/// down the scene reads each row once; memory is that of one strip.
/// </summary>
/// <param name="rows">The scene.</param>
/// <param name="windowSize">Pixels on a window's side, odd; the rim is half of it, rounded down.</param>
public sealed class MirroredStrips(HyperspectralRows rows, int windowSize)
{
    private readonly int _rim = Rim(windowSize);
    private float[] _strip = [];
    private (int First, int Count) _held;

    /// <summary>Pixels of the rim on each side.</summary>
    public int RimSize => _rim;

    /// <summary>Columns of a strip: those of the scene and two rims.</summary>
    public int StripWidth => rows.Width + (2 * _rim);

    /// <summary>Reads a strip.</summary>
    /// <param name="firstRow">The first row of its inside, from 0.</param>
    /// <param name="count">Rows of its inside.</param>
    /// <returns>
    /// (count + 2 rims) x <see cref="StripWidth"/> x bands values, interleaved by pixel: the window of the pixel (first + r, c) begins at
    /// row r, column c of it. Valid until the next call.
    /// </returns>
    /// <exception cref="ArgumentException">Rows that are not there.</exception>
    public ReadOnlySpan<float> Read(int firstRow, int count)
    {
        if (firstRow < 0 || count < 1 || firstRow > rows.Height - count)
            throw new ArgumentException($"'{rows.Name}' has {rows.Height} rows: there are no {count} from row {firstRow}.");
        int line = StripWidth * rows.Bands, tall = count + (2 * _rim), start = firstRow - _rim;
        int keep = Math.Max(0, _held.First + _held.Count - start);
        bool follows = _strip.Length > 0 && start >= _held.First && start < _held.First + _held.Count && keep < tall;
        float[] strip = _strip.Length >= tall * line ? _strip : new float[tall * line];
        if (follows) Array.Copy(_strip, (start - _held.First) * line, strip, 0, keep * line);
        else keep = 0;
        _strip = strip;
        // Until all rows are there nothing is held: reading may fail.
        _held = (0, 0);
        for (int row = keep; row < tall;)
        {
            int from = start + row;
            bool isInside = from >= 0 && from < rows.Height;
            int run = isInside ? Math.Min(tall - row, rows.Height - from) : 1;
            Fill(isInside ? from : Mirror.Place(from, rows.Height), run, row, line);
            row += run;
        }

        _held = (start, tall);
        return _strip.AsSpan(0, tall * line);
    }

    private static int Rim(int windowSize)
    {
        Patches.CheckSize(windowSize);
        return windowSize / 2;
    }

    private void Fill(int from, int count, int row, int line)
    {
        int bands = rows.Bands, inner = rows.Width * bands;
        // All rows at once, as files are stored in blocks of rows; then apart, the last first, to make room for the rims.
        Span<float> target = _strip.AsSpan(row * line, count * line);
        rows.Read(from, count, target[..(count * inner)]);
        for (int i = count - 1; i >= 0; i--)
        {
            Span<float> whole = target.Slice(i * line, line), inside = whole.Slice(_rim * bands, inner);
            target.Slice(i * inner, inner).CopyTo(inside);
            for (int j = 1; j <= _rim; j++)
            {
                int left = Mirror.Place(-j, rows.Width), right = Mirror.Place(rows.Width - 1 + j, rows.Width);
                inside.Slice(left * bands, bands).CopyTo(whole[((_rim - j) * bands)..]);
                inside.Slice(right * bands, bands).CopyTo(whole[((_rim + rows.Width - 1 + j) * bands)..]);
            }
        }
    }
}
