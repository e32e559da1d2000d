namespace SegLstm.Tests.Data.Hyperspectral;

/// <summary>What a scene promises of its parts.</summary>
public sealed class HyperspectralSceneTests
{
    [Fact]
    public void A_spectrum_is_the_samples_of_one_pixel()
    {
        var scene = HyperspectralSamples.Counted(3, 4, 5);
        Assert.Equal([10_200f, 10_201, 10_202, 10_203, 10_204], scene.Spectrum(1 * 4 + 2).ToArray());
    }

    [Fact]
    public void Bands_taken_out_take_what_belongs_to_them()
    {
        var scene = HyperspectralSamples.Counted(2, 2, 6) with { Wavelengths = [400, 500, 600, 700, 800, 900], DeclaredBadBands = [1,
            4], DisplayBands = [5, 4, 0] };
        var kept = scene.WithBands([0, 2, 4]).WithBands([1, 2]);
        kept.Validate();
        Assert.Equal([2, 4], kept.SourceBands);
        Assert.Equal([600.0, 800], kept.Wavelengths!);
        Assert.Equal([1], kept.DeclaredBadBands);
        Assert.Equal([1, 1, 0], kept.DisplayBands);
        Assert.Equal([10_102f, 10_104], kept.Spectrum(3).ToArray());
        Assert.Throws<ArgumentException>(() => scene.WithBands([2, 1]));
        Assert.Throws<ArgumentException>(() => scene.WithBands([6]));
    }

    [Fact]
    public void Parts_that_do_not_fit_are_named_all_at_once()
    {
        var scene = HyperspectralSamples.Counted(2, 2, 3) with { Labels = [0, 9, 0], Wavelengths = [1, 2], DisplayBands = [0, 1, 3] };
        string message = Assert.Throws<ArgumentException>(scene.Validate).Message;
        foreach (string part in new[] { "3 labels for 4 pixels", "the label 9, of 3 named classes", "2 wavelengths for 3 bands",
            "0, 1, 3, of 3" })
            Assert.Contains(part, message);
    }
}
