using SegLstm.Data;
using SegLstm.Data.Pictures;
using SegLstm.Pretraining.Views;
using SegLstm.Tests.Data.Pictures;

namespace SegLstm.Tests.Pretraining.Views;

public class ColorShiftTests
{
    [Fact]
    public void A_hue_wraps_as_a_byte_and_not_as_a_circle()
    {
        // (255, 85, 0) has hue 10; less 30 it is 236, which reads as 56: nearly green, where the circle would give a violet red.
        Assert.Equal(10, Hsv.Of(new Rgb(255, 85, 0)).H);
        Assert.Equal(Hsv.ToRgb(56, 255, 255), new ColorShift(-30, 0, 0).Of(new Rgb(255, 85, 0)));
        Assert.NotEqual(Hsv.ToRgb(160, 255, 255), new ColorShift(-30, 0, 0).Of(new Rgb(255, 85, 0)));
        Assert.Equal(Hsv.ToRgb(20, 255, 255), new ColorShift(30, 0, 0).Of(Hsv.ToRgb(170, 255, 255)));
    }

    [Fact]
    public void Saturation_and_value_are_held_within_a_byte_and_rounded()
    {
        Assert.Equal(new Rgb(255, 255, 255), new ColorShift(0, 0, 15).Of(new Rgb(250, 250, 250)));
        Assert.Equal(new Rgb(0, 0, 0), new ColorShift(0, -5, -15).Of(new Rgb(9, 9, 9)));
        Assert.Equal(new Rgb(103, 103, 103), new ColorShift(0, 0, 2.6f).Of(new Rgb(100, 100, 100)));
        Assert.Equal(Hsv.ToRgb(60, 255, 200), new ColorShift(0, 5, 0).Of(Hsv.ToRgb(60, 252, 200)));
    }

    [Fact]
    public void Only_the_first_three_bands_shift()
    {
        var image = Patterns.Mixed(5, 6, 6);
        byte[] before = [.. image.Samples];
        new ColorShift(20, 3, -9).Apply(image);
        Assert.Equal(before[(3 * 36)..], image.Samples[(3 * 36)..]);
        for (int i = 0; i < 36; i++)
        {
            Rgb shifted = new ColorShift(20, 3, -9).Of(new Rgb(before[i], before[36 + i], before[72 + i]));
            Assert.Equal((shifted.R, shifted.G, shifted.B), (image.Samples[i], image.Samples[36 + i], image.Samples[72 + i]));
        }
    }

    [Fact]
    public void Shifts_fill_their_ranges()
    {
        var random = new Random(1);
        ColorShift[] drawn = [.. Enumerable.Range(0, 5000).Select(_ => ColorShift.Draw(random, new ViewOptions()))];
        Assert.Equal(61, drawn.Select(shift => shift.Hue).Distinct().Count());
        Assert.Equal((-30, 30), (drawn.Min(shift => shift.Hue), drawn.Max(shift => shift.Hue)));
        Assert.All(drawn, shift => Assert.True(Math.Abs(shift.Saturation) <= 5 && Math.Abs(shift.Value) <= 15));
        Assert.True(drawn.Max(shift => shift.Saturation) > 4.9 && drawn.Min(shift => shift.Value) < -14.8);
    }
}
