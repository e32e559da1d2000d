namespace SegLstm.Pretraining.Views;

/// <summary>
/// Blurs bytes over 3, 5 or 7 pixels as OpenCV's GaussianBlur does with sigma 0: with its fixed tables for these lengths,
/// mirrored at the edge without repeating it, rounded once.
/// </summary>
/// <remarks>
/// OpenCV's formula sigma = 0.3 ((k - 1) / 2 - 1) + 0.8 holds for longer kernels only: for 3, 5 and 7 pixels it has tables
/// instead, binomial coefficients over 4 and 16, and (2, 7, 14, 18, 14, 7, 2) over 64.
/// </remarks>
internal static class GaussianBlur
{
    // In 256ths.
    private static readonly int[][] Kernels = [[64, 128, 64], [16, 64, 96, 64, 16], [8, 28, 56, 72, 56, 28, 8]];

    /// <summary>Blurs a band in place.</summary>
    /// <param name="band">height x width samples.</param>
    /// <param name="height">Rows, at least 4.</param>
    /// <param name="width">Columns, at least 4.</param>
    /// <param name="radius">1, 2 or 3 for 3, 5 or 7 pixels.</param>
    internal static void Apply(Span<byte> band, int height, int width, int radius)
    {
        int[] kernel = Kernels[radius - 1], across = new int[band.Length];
        byte[] padded = new byte[width + 2 * radius];
        for (int y = 0; y < height; y++)
        {
            var row = band.Slice(y * width, width);
            for (int x = 0; x < padded.Length; x++) padded[x] = row[Mirrored(x - radius, width)];
            var sums = across.AsSpan(y * width, width);
            for (int k = 0; k < kernel.Length; k++) Add(sums, padded.AsSpan(k, width), kernel[k]);
        }

        int[] down = new int[width];
        for (int y = 0; y < height; y++)
        {
            Array.Fill(down, 1 << 15);
            for (int k = 0; k < kernel.Length; k++) Add(down, across.AsSpan(Mirrored(y + k - radius, height) * width, width), kernel[k]);
            for (int x = 0; x < width; x++) band[y * width + x] = (byte)(down[x] >> 16);
        }
    }

    private static void Add(Span<int> sums, ReadOnlySpan<byte> values, int weight)
    {
        for (int x = 0; x < sums.Length; x++) sums[x] += weight * values[x];
    }

    private static void Add(Span<int> sums, ReadOnlySpan<int> values, int weight)
    {
        for (int x = 0; x < sums.Length; x++) sums[x] += weight * values[x];
    }

    private static int Mirrored(int at, int length) => at < 0 ? -at : at >= length ? 2 * (length - 1) - at : at;
}
