using SegLstm.Data.Hyperspectral.Synthetic;

namespace SegLstm.Tests.Data.Hyperspectral.Synthetic;

/// <summary>The synthetic scene is what it says: linear mixtures with noise of the stated strength, the same in any order.</summary>
public sealed class SyntheticHyperspectralTests
{
    private static readonly SyntheticHyperspectral Small = new() { Height = 40, Width = 50, Bands = 30, Classes = 6, FieldSize = 12,
        Seed = 7 };

    [Fact]
    public void Rows_are_the_same_in_any_order_and_as_a_whole()
    {
        var scene = Small.Generate();
        scene.Validate();
        using var rows = new SyntheticRows(Small);
        float[] three = new float[3 * 50 * 30];
        byte[] labels = new byte[3 * 50];
        foreach (int first in new[] { 30, 0, 17 })
        {
            rows.Read(first, 3, three);
            rows.ReadLabels(first, 3, labels);
            Assert.Equal(scene.Samples[(first * 50 * 30)..((first + 3) * 50 * 30)], three);
            Assert.Equal(scene.Labels[(first * 50)..((first + 3) * 50)], labels);
        }

        Assert.NotEqual(scene.Samples, (Small with { Seed = 8 }).Generate().Samples);
    }

    [Fact]
    public void Without_noise_a_pixel_is_the_mixture_that_its_abundances_say_but_for_light_and_spread()
    {
        using var rows = new SyntheticRows(Small with { SignalToNoise = 1e6 });
        float[] row = new float[50 * 30], abundances = new float[6];
        rows.Read(11, 1, row);
        for (int column = 0; column < 50; column++)
        {
            rows.Abundances(column, 11, abundances);
            Assert.Equal(1, abundances.Sum(), 1e-5);
            Assert.All(abundances, share => Assert.InRange(share, 0, 1));
            for (int band = 0; band < 30; band++)
            {
                double mixed = Enumerable.Range(0, 6).Sum(k => (double)abundances[k] * rows.PureSpectra[k][band]);
                // Light is from 0.85 to 1.15, a material's spread a tenth of it.
                Assert.InRange(row[column * 30 + band] / mixed, 0.76, 1.27);
            }
        }
    }

    [Fact]
    public void Noise_has_the_strength_that_it_says_in_each_band()
    {
        var noisy = (Small with { SignalToNoise = 20 }).Generate();
        var quiet = (Small with { SignalToNoise = 1e9 }).Generate();
        using var rows = new SyntheticRows(Small with { SignalToNoise = 20 });
        for (int band = 0; band < 30; band++)
        {
            double[] noise = [.. Enumerable.Range(0, 2000).Select(pixel => (double)noisy.Samples[pixel * 30 + band] - quiet.Samples[pixel * 30 + band])];
            Assert.InRange(noise.Average(), -4 * rows.Noise[band] / Math.Sqrt(2000), 4 * rows.Noise[band] / Math.Sqrt(2000));
            Assert.InRange(Math.Sqrt(noise.Average(n => n * n)) / rows.Noise[band], 0.93, 1.07);
        }

        Assert.True(rows.Noise[0] > 3 * rows.Noise[15], "The outermost bands are noisier.");
    }

    [Theory]
    [InlineData(48, 2)]
    [InlineData(270, 16)]
    public void Every_class_is_there_and_most_pixels_are_labelled(int bands, int classes)
    {
        var scene = new SyntheticHyperspectral { Height = 200, Width = 200, Bands = bands, Classes = classes, FieldSize = 20 }.Generate();
        int[] counts = scene.CountLabels();
        Assert.Equal(classes + 1, counts.Length);
        Assert.All(counts.Skip(1), count => Assert.True(count > 20, string.Join(", ", counts)));
        Assert.InRange(counts[0] / (double)scene.Pixels, 0.01, 0.6);
        Assert.True(Array.TrueForAll(scene.Samples, float.IsFinite));
    }

    [Fact]
    public void Parts_out_of_range_are_named_all_at_once()
    {
        string message = Assert.Throws<ArgumentException>(() => (Small with { Bands = 1, Classes = 1, Contrast = 0 }).Generate()).Message;
        foreach (string part in new[] { "1 bands", "1 classes", "contrast of 0" }) Assert.Contains(part, message);
    }
}
