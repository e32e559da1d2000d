using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.ResNet;

public sealed class ResNetModelsTests
{
    [Theory]
    [InlineData(64, 64)]
    [InlineData(96, 128)]
    public void The_full_model_maps_images_of_any_bands_at_output_stride_8(long height, long width)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var model = Catalog.Create("resnet50_deeplabv3plus", 6, 4, 512);
        Assert.Equal([4, 8, 8, 8], model.Backbone.Strides);
        model.eval();
        Assert.Equal([1, 6, height, width], model.forward(randn([1, 4, height, width])).shape);
    }
}
