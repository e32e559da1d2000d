using System.Numerics;

namespace SegLstm.Training.Hyperspectral;

/// <summary>Standardises spectra band by band with mean and deviation of the training pixels, so that nothing of the pixels to be
/// judged is learnt.</summary>
public sealed class BandScale
{
    private readonly float[] mean;
    private readonly float[] factor;

    private BandScale(float[] mean, float[] factor) => (this.mean, this.factor) = (mean, factor);

    /// <summary>Mean of each band.</summary>
    public IReadOnlyList<float> Mean => mean;

    /// <summary>What the distance from the mean is multiplied by: 1 / deviation, and 0 for a band that is constant.</summary>
    public IReadOnlyList<float> Factor => factor;

    /// <summary>Takes what was measured before.</summary>
    /// <param name="mean">Mean of each band.</param>
    /// <param name="factor">1 / deviation of each band.</param>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    public static BandScale From(IReadOnlyList<float> mean, IReadOnlyList<float> factor) => mean.Count == factor.Count
        ? new BandScale([.. mean], [.. factor])
        : throw new ArgumentException($"Expected a factor for each of {mean.Count} means, got {factor.Count}.", nameof(factor));

    /// <summary>Measures pixels; samples that are no numbers are left out.</summary>
    /// <param name="cube">The image.</param>
    /// <param name="pixels">The training pixels.</param>
    /// <exception cref="ArgumentException">There are none.</exception>
    public static BandScale Of(SpectralCube cube, ReadOnlySpan<int> pixels)
    {
        if (pixels.IsEmpty)
        {
            throw new ArgumentException("Expected at least one training pixel to measure, got none.", nameof(pixels));
        }

        var (mean, factor) = (new float[cube.Bands], new float[cube.Bands]);
        for (var band = 0; band < cube.Bands; band++)
        {
            // In two passes: digital numbers have means far above their deviations.
            var (sum, count) = (0.0, 0);
            foreach (var pixel in pixels)
            {
                var sample = cube.Spectrum(pixel)[band];
                (sum, count) = float.IsFinite(sample) ? (sum + sample, count + 1) : (sum, count);
            }

            var average = count == 0 ? 0 : sum / count;
            var squares = 0.0;
            foreach (var pixel in pixels)
            {
                var distance = cube.Spectrum(pixel)[band] - average;
                squares += double.IsFinite(distance) ? distance * distance : 0;
            }

            var deviation = count == 0 ? 0 : Math.Sqrt(squares / count);
            mean[band] = (float)average;
            factor[band] = deviation > 1e-7 * Math.Abs(average) ? (float)(1 / deviation) : 0;
        }

        return new BandScale(mean, factor);
    }

    /// <summary>Writes a standardised spectrum; a sample that is no number becomes 0, the mean.</summary>
    /// <param name="spectrum">Raw samples of one pixel.</param>
    /// <param name="target">As long.</param>
    public void Apply(ReadOnlySpan<float> spectrum, Span<float> target)
    {
        var lanes = Vector<float>.Count;
        var (band, check) = (0, Vector<float>.Zero);
        for (; band <= mean.Length - lanes; band += lanes)
        {
            var scaled = (new Vector<float>(spectrum[band..]) - new Vector<float>(mean, band)) * new Vector<float>(factor, band);
            scaled.CopyTo(target[band..]);
            // 0 times what is no number is none.
            check += scaled * 0;
        }

        var sum = Vector.Sum(check);
        for (; band < mean.Length; band++)
        {
            target[band] = (spectrum[band] - mean[band]) * factor[band];
            sum += target[band] * 0;
        }

        if (sum == 0)
        {
            return;
        }

        foreach (ref var sample in target)
        {
            sample = float.IsFinite(sample) ? sample : 0;
        }
    }
}
