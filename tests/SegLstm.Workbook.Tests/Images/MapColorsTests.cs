using SegLstm.Data;
using SegLstm.Workbook.Images;

namespace SegLstm.Workbook.Tests.Images;

public class MapColorsTests
{
    private static readonly Rgb Red = new(200, 0, 0), Blue = new(0, 0, 100);
    private static readonly ClassLegend Two = new(("red", Red), ("blue", Blue));

    [Fact]
    public void Classes_take_the_palettes_colours_and_the_rest_is_grey()
    {
        var picture = MapColors.Paint(new LabelMap(3, 1, [1, 0, 255]), Two);

        Assert.Equal([Blue, Red, MapColors.Ignored], [picture[0, 0], picture[1, 0], picture[2, 0]]);
    }

    [Fact]
    public void An_overlay_of_one_half_is_the_mean_and_leaves_unclassified_pixels_alone()
    {
        var scene = new RgbImage(2, 1);
        scene.Fill(0, 0, 2, 1, new Rgb(100, 50, 0));

        var picture = MapColors.Overlay(scene, new LabelMap(2, 1, [0, 255]), Two);

        Assert.Equal(new Rgb(150, 25, 0), picture[0, 0]);
        Assert.Equal(new Rgb(100, 50, 0), picture[1, 0]);
    }

    [Fact]
    public void Opacity_goes_from_the_scene_to_the_classes()
    {
        var scene = new RgbImage(1, 1);

        Assert.Equal(new Rgb(0, 0, 0), MapColors.Overlay(scene, new LabelMap(1, 1, [0]), Two, 0)[0, 0]);
        Assert.Equal(Red, MapColors.Overlay(scene, new LabelMap(1, 1, [0]), Two, 1)[0, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => MapColors.Overlay(scene, new LabelMap(1, 1, [0]), Two, 1.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MapColors.Overlay(scene, new LabelMap(1, 1, [0]), Two, double.NaN));
    }

    [Fact]
    public void Errors_tell_right_wrong_unlabelled_and_uncounted_apart()
    {
        var picture = MapColors.Errors(new LabelMap(2, 2, [0, 0, 0, 0]), new LabelMap(2, 2, [0, 1, 255, 1]), [true, true, true, false]);

        Assert.Equal(
            [MapColors.Right, MapColors.Wrong, MapColors.Ignored, MapColors.Pale(MapColors.Wrong)],
            [picture[0, 0], picture[1, 0], picture[0, 1], picture[1, 1]]);
        Assert.Equal(4, new HashSet<Rgb> { picture[0, 0], picture[1, 0], picture[0, 1], picture[1, 1] }.Count);
    }

    [Fact]
    public void A_class_outside_the_legend_and_other_sizes_are_refused()
    {
        Assert.Contains("class 2", Assert.Throws<ArgumentException>(() => MapColors.Paint(new LabelMap(1, 1, [2]), Two)).Message);
        Assert.Contains("2x1", Assert.Throws<ArgumentException>(() => MapColors.Errors(new LabelMap(2, 1, [0, 0]), new LabelMap(1, 2, [0, 0]))).Message);
        Assert.Throws<ArgumentException>(() => MapColors.Overlay(new RgbImage(1, 2), new LabelMap(2, 1, [0, 0]), Two));
    }
}
