namespace SegLstm.Data.Hyperspectral.Files;

/// <summary>Samples band after band, brought to spectrum after spectrum.</summary>
internal static class Interleaved
{
    /// <summary>Pixels whose spectra are gathered before the next ones, so that what is read stays in the cache.</summary>
    private const int Together = 64;

    internal static float[] ByPixel(ReadOnlySpan<float> planes, int bands, int pixels)
    {
        float[] samples = new float[planes.Length];
        ByPixel(planes, bands, pixels, samples);
        return samples;
    }

    internal static void ByPixel(ReadOnlySpan<float> planes, int bands, int pixels, Span<float> samples)
    {
        for (int first = 0; first < pixels; first += Together)
        {
            int end = Math.Min(first + Together, pixels);
            for (int band = 0; band < bands; band++)
            {
                for (int pixel = first; pixel < end; pixel++) samples[(pixel * bands) + band] = planes[(band * pixels) + pixel];
            }
        }
    }
}
