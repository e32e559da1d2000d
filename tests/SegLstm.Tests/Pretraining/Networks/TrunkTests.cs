using SegLstm.Models;
using SegLstm.Pretraining.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Networks;

public sealed class TrunkTests
{
    [Fact]
    public void The_coarse_map_is_the_atrous_encoders_or_the_backbones_last()
    {
        using var scope = NewDisposeScope();
        var image = TileViews.Batch(2).First;
        foreach (var (name, channels) in new[] { ("deeplab", 16), ("resnet", 128), ("vil", 16) })
        {
            var trunk = Trunks.Make(name);
            var features = trunk.Encode(image);
            Assert.Equal(channels, trunk.Channels);
            Assert.Equal([2, channels, TileViews.Side / trunk.Stride, TileViews.Side / trunk.Stride], features.Coarse.shape);
            Assert.Equal([2, channels], features.Mean.shape);
        }
    }

    [Fact]
    public void A_backbone_of_the_catalog_outlives_the_heads_it_was_made_with()
    {
        using var scope = NewDisposeScope();
        var trunk = Trunk.OfCatalog("seglstm_nano", bands: 2, imageSize: 16);
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Assert.True(trunk.Encode(randn([2, 2, 16, 16])).Coarse.isfinite().all().item<bool>());
        Assert.Equal(Complexity.CountParameters(Catalog.Create("seglstm_nano", 1, 2, 16).Backbone), Complexity.CountParameters(trunk.Backbone));
    }

    [Fact]
    public void A_configuration_that_cannot_be_used_is_refused() => Assert.Contains(
        "OutputStride", Assert.Throws<ArgumentException>(() => new Trunk(Trunks.DeepLab with
        {
            Backbone = Trunks.DeepLab.Backbone with { OutputStride = 32 },
        })).Message);
}
