using SegLstm.Training.Hyperspectral;

namespace SegLstm.Tests.Training.Hyperspectral;

public sealed class BandScaleTests
{
    [Fact]
    public void Training_pixels_have_mean_0_and_deviation_1_in_every_band()
    {
        var (cube, _) = Cubes.Humps(9, 8, 21, 3);
        int[] pixels = [.. Enumerable.Range(0, cube.Pixels).Where(pixel => pixel % 3 == 0)];
        var scale = BandScale.Of(cube, pixels);
        var spectra = Array.ConvertAll(pixels, pixel => Applied(scale, cube, pixel));
        for (var band = 0; band < cube.Bands; band++)
        {
            var values = Array.ConvertAll(spectra, spectrum => (double)spectrum[band]);
            Assert.Equal(0, values.Average(), 1e-4);
            Assert.Equal(1, Math.Sqrt(values.Average(value => value * value)), 1e-3);
        }
    }

    [Fact]
    public void Other_pixels_change_nothing()
    {
        var (cube, _) = Cubes.Humps(4, 4, 7, 2);
        var before = BandScale.Of(cube, [0, 1, 2, 5]);
        cube.Samples.AsSpan(7 * 7).Fill(1e9f);
        Assert.Equal(before.Mean, BandScale.Of(cube, [0, 1, 2, 5]).Mean);
    }

    [Fact]
    public void Dead_bands_and_samples_that_are_no_numbers_become_0()
    {
        float[] samples = [1, 5, 3, 2, 5, float.NaN, 3, 5, float.PositiveInfinity, 4, 5, 7];
        var cube = new SpectralCube(samples, 1, 4, 3);
        var scale = BandScale.Of(cube, [0, 1, 2, 3]);
        Assert.Equal([2.5f, 5, 5], scale.Mean);
        Assert.Equal(0, scale.Factor[1]);
        Assert.All(Enumerable.Range(0, 4), pixel => Assert.All(Applied(scale, cube, pixel), value => Assert.True(float.IsFinite(value))));
        Assert.Equal(0, Applied(scale, cube, 1)[2]);
        Assert.Equal(1, Applied(scale, cube, 3)[2], 1e-6f);
    }

    [Fact]
    public void No_pixels_or_too_few_samples_are_refused()
    {
        Assert.Throws<ArgumentException>(() => BandScale.Of(new SpectralCube(new float[4], 1, 2, 2), []));
        Assert.Contains("= 12 samples, got 4", Assert.Throws<ArgumentException>(() => new SpectralCube(new float[4], 2, 3, 2)).Message);
    }

    private static float[] Applied(BandScale scale, SpectralCube cube, int pixel)
    {
        var target = new float[cube.Bands];
        scale.Apply(cube.Spectrum(pixel), target);
        return target;
    }
}
