using SegLstm.Workbook.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Tests.Images;

public class TensorPictureTests
{
    [Fact]
    public void A_stretch_maps_the_percentiles_to_black_and_white()
    {
        using var scope = NewDisposeScope();
        var image = arange(0, 101).to_type(ScalarType.Float32).reshape(1, 1, 101).expand(3, 1, 101);

        var picture = PercentStretch.ToRgb(image, [0, 1, 2], 10, 90);

        Assert.Equal((0, 0, 255, 255), (picture[0, 0].R, picture[10, 0].R, picture[90, 0].R, picture[100, 0].R));
        Assert.InRange(picture[50, 0].G, 126, 130);
    }

    [Fact]
    public void Bands_show_as_the_colours_asked_for()
    {
        using var scope = NewDisposeScope();
        var image = zeros(4, 1, 2);
        image[3, 0, 1] = 1;

        var picture = PercentStretch.ToRgb(image, [3, 0, 1], 0, 100);

        Assert.Equal((255, 128, 128), (picture[1, 0].R, picture[1, 0].G, picture[1, 0].B));
    }

    [Fact]
    public void Unknown_and_infinite_samples_are_black_and_do_not_set_the_scale()
    {
        using var scope = NewDisposeScope();
        var image = tensor(new float[] { 1, 2, float.NaN, 1e9f }).reshape(1, 1, 4).expand(3, 1, 4);

        var picture = PercentStretch.ToRgb(image, [0, 0, 0], 0, 100, tensor(new[] { true, true, true, false }).reshape(1, 4));

        Assert.Equal((0, 255, 0, 0), (picture[0, 0].R, picture[1, 0].R, picture[2, 0].R, picture[3, 0].R));
    }

    [Fact]
    public void Wrong_bands_shapes_and_percentiles_are_refused()
    {
        using var scope = NewDisposeScope();
        var image = zeros(2, 3, 3);

        Assert.Contains("0, 1, 2", Assert.Throws<ArgumentException>(() => PercentStretch.ToRgb(image, [0, 1, 2])).Message);
        Assert.Throws<ArgumentException>(() => PercentStretch.ToRgb(image[0], [0, 0, 0]));
        Assert.Throws<ArgumentException>(() => PercentStretch.ToRgb(image, [0, 0, 0], 98, 2));
    }

    [Fact]
    public void A_label_map_is_read_from_any_integer_tensor_even_a_transposed_one()
    {
        using var scope = NewDisposeScope();
        var labels = tensor(new long[] { 0, 1, 2, 3, 4, 255 }).reshape(2, 3);

        Assert.Equal([0, 3, 1, 4, 2, 255], LabelMap.FromTensor(labels.transpose(0, 1)).Classes.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 255], LabelMap.FromTensor(labels.to_type(ScalarType.Byte)).Classes.ToArray());
        Assert.Throws<ArgumentException>(() => LabelMap.FromTensor(labels.to_type(ScalarType.Float32)));
        Assert.Contains("256", Assert.Throws<ArgumentException>(() => LabelMap.FromTensor(labels + 1)).Message);
    }
}
