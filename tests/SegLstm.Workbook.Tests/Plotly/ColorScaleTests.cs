using SegLstm.Data;
using SegLstm.Workbook.Plotly;

namespace SegLstm.Workbook.Tests.Plotly;

public class ColorScaleTests
{
    [Fact]
    public void Lightness_rises_evenly_along_the_sequential_scale()
    {
        double[] lightness = [.. ColorScale.Sequential.Stops.Select(c => OkLab.From(c).L)];
        double[] steps = [.. lightness.Zip(lightness.Skip(1), (a, b) => b - a)];

        Assert.All(steps, step => Assert.InRange(step, 0.6 * steps.Average(), 1.5 * steps.Average()));
    }

    [Fact]
    public void The_diverging_scale_is_lightest_in_its_middle_and_falls_to_both_ends()
    {
        double[] lightness = [.. ColorScale.Diverging.Stops.Select(c => OkLab.From(c).L)];
        int middle = lightness.Length / 2;

        Assert.Equal(new Rgb(0xF7, 0xF7, 0xF7), ColorScale.Diverging.Stops[middle]);
        Assert.All(Enumerable.Range(0, middle), i =>
            Assert.True(lightness[i] < lightness[i + 1] && lightness[^(i + 1)] < lightness[^(i + 2)]));
    }

    [Fact]
    public void OkLab_and_back_is_the_same_colour()
    {
        for (int hex = 0; hex <= 0xFFFFFF; hex += 0x0A1B2D)
            Assert.Equal(Rgb.FromHex(hex), OkLab.ToRgb(OkLab.From(Rgb.FromHex(hex))));
    }
}
