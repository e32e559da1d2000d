using SegLstm.Data.Rasters;

namespace SegLstm.Data.Pictures;

/// <summary>
/// Resizes pictures of bytes bilinearly, as OpenCV's resize does with INTER_LINEAR: pixel centres at halves, the picture's own
/// edge repeated, weights of 11 bits, and its rounding, to the last bit.
/// </summary>
internal static class LinearResize
{
    private const int Bits = 11;

    /// <summary>A window resized to a square, as if nothing lay around it.</summary>
    internal static ByteImage Of(ByteImage image, Window window, int size) => Part(
        image, -window.Y, -window.X, new ResizedSpan(window.Height, size, 0, size), new ResizedSpan(window.Width, size, 0, size));

    /// <summary>A part of a resized picture, of which only what the part needs is in memory.</summary>
    /// <param name="image">Holds at least the <see cref="ResizedSpan.Sources"/> of both spans.</param>
    /// <param name="firstRow">The picture's row that is row 0 of <paramref name="image"/>.</param>
    /// <param name="firstColumn">The picture's column that is column 0 of it.</param>
    /// <param name="rows">The rows that are wanted.</param>
    /// <param name="columns">The columns that are wanted.</param>
    internal static ByteImage Part(ByteImage image, int firstRow, int firstColumn, ResizedSpan rows, ResizedSpan columns)
    {
        var (down, across) = (Taps(rows), Taps(columns));
        var result = new ByteImage(image.Bands, rows.Count, columns.Count);
        int[] upper = new int[columns.Count], lower = new int[columns.Count];
        for (int band = 0; band < image.Bands; band++)
        {
            var target = result.Band(band);
            int held = -1;
            for (int y = 0; y < rows.Count; y++)
            {
                Tap row = down[y];
                int first = Math.Clamp(row.At, 0, rows.Length - 1), second = Math.Min(row.At + 1, rows.Length - 1);
                // Neighbouring rows of the result lie between the same two of the source, or one row further.
                if (held == first) (upper, lower) = (lower, upper);
                else Stretch(Line(image, band, first - firstRow), firstColumn, columns.Length, across, upper);
                Stretch(Line(image, band, second - firstRow), firstColumn, columns.Length, across, lower);
                held = second;
                var line = target.Slice(y * columns.Count, columns.Count);
                for (int x = 0; x < line.Length; x++)
                    line[x] = (byte)((((row.Before * (upper[x] >> 4)) >> 16) + ((row.After * (lower[x] >> 4)) >> 16) + 2) >> 2);
            }
        }

        return result;
    }

    // The pixel before a place, which may be one before the first, and the weights of that and of the next one.
    private readonly record struct Tap(int At, int Before, int After);

    private static Tap[] Taps(ResizedSpan span) =>
        [.. Enumerable.Range(span.First, span.Count).Select(i =>
        {
            float place = span.Place(i);
            int at = (int)MathF.Floor(place);
            return new Tap(at, Weight(1 - (place - at)), Weight(place - at));
        })];

    private static ReadOnlySpan<byte> Line(ByteImage image, int band, int row) => image.Band(band).Slice(row * image.Width, image.Width);

    private static void Stretch(ReadOnlySpan<byte> source, int firstColumn, int length, Tap[] taps, int[] target)
    {
        for (int x = 0; x < taps.Length; x++)
        {
            var (at, before, after) = taps[x];
            target[x] = at < 0 ? source[-firstColumn] << Bits
                : at >= length - 1 ? source[length - 1 - firstColumn] << Bits
                : source[at - firstColumn] * before + source[at + 1 - firstColumn] * after;
        }
    }

    private static int Weight(float share) => (int)MathF.Round(share * (1 << Bits));
}
