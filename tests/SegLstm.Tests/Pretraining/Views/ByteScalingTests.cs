using SegLstm.Data;
using SegLstm.Pretraining.Views;

namespace SegLstm.Tests.Pretraining.Views;

public class ByteScalingTests
{
    [Fact]
    public void Whole_numbers_up_to_255_stay_as_they_are_whatever_else_is_unknown()
    {
        var scene = Scene([0, 7, 255, float.NaN]) with { Known = [true, true, true, false] };
        var scaling = ByteScaling.Of([scene]);
        Assert.Equal((0.0, 255.0), (scaling.Low[0], scaling.High[0]));
        Assert.Equal([0, 7, 255, 0], scaling.Bytes(scene).Samples);
    }

    [Fact]
    public void Others_are_stretched_between_percentiles_of_all_scenes_together()
    {
        // 0.5 and 99.5 % of 0 to 1000 are 5 and 995.
        SceneArrays low = Scene([.. Enumerable.Range(0, 501).Select(i => (float)i)]), high = Scene([.. Enumerable.Range(501, 500).Select(i => (float)i)]);
        var scaling = ByteScaling.Of([low, high]);
        Assert.Equal((5.0, 995.0), (scaling.Low[0], scaling.High[0]));
        byte[] bytes = scaling.Bytes(low).Samples;
        Assert.Equal((0, 0, 0, 128), (bytes[0], bytes[5], bytes[6], bytes[500]));
        Assert.Equal(255, scaling.Bytes(high).Samples[^1]);
    }

    [Fact]
    public void Numbers_that_are_not_finite_are_0_and_a_plain_band_is_0()
    {
        var scene = Scene([-1.5f, float.NaN, 3, float.PositiveInfinity]);
        Assert.Equal([0, 0, 255, 0], ByteScaling.Of([scene]).Bytes(scene).Samples);
        var plain = Scene([-2, -2]);
        Assert.Equal([0, 0], ByteScaling.Of([plain]).Bytes(plain).Samples);
    }

    [Fact]
    public void Bands_without_a_number_and_scalings_of_other_bands_are_refused()
    {
        Assert.Contains("no known finite sample", Assert.Throws<ArgumentException>(() => ByteScaling.Of([Scene([float.NaN])])).Message);
        Assert.Contains("expected one a band", Assert.Throws<ArgumentException>(() => new ByteScaling([0, 0], [1, 1]).Bytes(Scene([1]))).Message);
    }

    private static SceneArrays Scene(float[] samples) => new()
    {
        Name = "row", Height = 1, Width = samples.Length, Image = samples, BandNames = ["only"], Provenance = "drawn by the tests",
    };
}
