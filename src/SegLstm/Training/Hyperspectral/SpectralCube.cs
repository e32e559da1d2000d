using SegLstm.Data.Hyperspectral;

namespace SegLstm.Training.Hyperspectral;

/// <summary>The samples of a hyperspectral image in memory, pixel by pixel, the bands of a pixel side by side.</summary>
public sealed class SpectralCube
{
    /// <summary>Wraps samples without copying them.</summary>
    /// <param name="samples">The sample of (row, column, band) is at <c>((row · width) + column) · bands + band</c>.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="bands">Bands.</param>
    /// <exception cref="ArgumentException">There are not as many samples as pixels times bands.</exception>
    public SpectralCube(float[] samples, int height, int width, int bands)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(bands, 1);
        if (samples.LongLength != (long)height * width * bands)
        {
            throw new ArgumentException(
                $"Expected {height} x {width} x {bands} = {(long)height * width * bands} samples, got {samples.LongLength}.",
                nameof(samples));
        }

        (Samples, Height, Width, Bands) = (samples, height, width, bands);
    }

    /// <summary>The samples of a scene, not copied.</summary>
    public static SpectralCube Of(HyperspectralScene scene) => new(scene.Samples, scene.Height, scene.Width, scene.Bands);

    /// <summary>All samples.</summary>
    public float[] Samples { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Bands.</summary>
    public int Bands { get; }

    /// <summary>Pixels.</summary>
    public int Pixels => Height * Width;

    /// <summary>The spectrum of a pixel.</summary>
    /// <param name="pixel"><c>row · width + column</c>.</param>
    public ReadOnlySpan<float> Spectrum(int pixel) => Samples.AsSpan(checked(pixel * Bands), Bands);
}
