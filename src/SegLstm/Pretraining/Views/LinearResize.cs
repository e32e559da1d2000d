using SegLstm.Data.Rasters;

namespace SegLstm.Pretraining.Views;

/// <summary>
/// Resizes a window of bytes bilinearly, as OpenCV's resize does with INTER_LINEAR: pixel centres at halves, the window's own
/// edge repeated, weights of 11 bits, and its rounding, to the last bit.
/// </summary>
internal static class LinearResize
{
    private const int Bits = 11;

    internal static ByteImage Of(ByteImage image, Window window, int size)
    {
        var (columns, rows) = (Taps(window.Width, size), Taps(window.Height, size));
        var result = new ByteImage(image.Bands, size, size);
        int[] upper = new int[size], lower = new int[size];
        for (int band = 0; band < image.Bands; band++)
        {
            var target = result.Band(band);
            int held = -1;
            for (int y = 0; y < size; y++)
            {
                Tap row = rows[y];
                int first = Math.Clamp(row.At, 0, window.Height - 1), second = Math.Min(row.At + 1, window.Height - 1);
                // Neighbouring rows of the result lie between the same two of the source, or one row further.
                if (held == first) (upper, lower) = (lower, upper);
                else Stretch(image, band, window, first, columns, upper);
                Stretch(image, band, window, second, columns, lower);
                held = second;
                var line = target.Slice(y * size, size);
                for (int x = 0; x < line.Length; x++)
                    line[x] = (byte)((((row.Before * (upper[x] >> 4)) >> 16) + ((row.After * (lower[x] >> 4)) >> 16) + 2) >> 2);
            }
        }

        return result;
    }

    // The pixel before a place, which may be one before the first, and the weights of that and of the next one.
    private readonly record struct Tap(int At, int Before, int After);

    private static Tap[] Taps(int length, int size)
    {
        double scale = 1 / ((double)size / length);
        return [.. Enumerable.Range(0, size).Select(i =>
        {
            float place = (float)((i + 0.5) * scale - 0.5);
            int at = (int)MathF.Floor(place);
            return new Tap(at, Weight(1 - (place - at)), Weight(place - at));
        })];
    }

    private static void Stretch(ByteImage image, int band, Window window, int row, Tap[] taps, int[] target)
    {
        var source = image.Band(band).Slice((window.Y + row) * image.Width + window.X, window.Width);
        for (int x = 0; x < taps.Length; x++)
        {
            var (at, before, after) = taps[x];
            target[x] = at < 0 ? source[0] << Bits
                : at >= source.Length - 1 ? source[^1] << Bits
                : source[at] * before + source[at + 1] * after;
        }
    }

    private static int Weight(float share) => (int)MathF.Round(share * (1 << Bits));
}
