using SegLstm.Pretraining.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Networks;

public sealed class LightDecoderTests
{
    [Fact]
    public void The_finest_map_sets_the_size_wherever_it_stands_and_every_map_counts()
    {
        using var scope = NewDisposeScope();
        var decoder = new LightDecoder([3, 5, 7], [16, 4, 8], outChannels: 6);
        Tensor[] maps = [randn([2, 3, 2, 3]), randn([2, 5, 8, 12]), randn([2, 7, 4, 6])];
        foreach (var map in maps)
        {
            map.requires_grad_(true);
        }

        var y = decoder.call(maps);
        Assert.Equal([2, 6, 8, 12], y.shape);
        Assert.Equal(4, decoder.Stride);
        y.square().sum().backward();
        Assert.All(maps, map => Assert.True(map.grad!.abs().max().item<float>() > 0));
    }

    [Fact]
    public void Painted_pixels_come_from_their_own_square()
    {
        using var scope = NewDisposeScope();
        var head = new PixelHead(channels: 4, stride: 8, bands: 3);
        var map = randn([1, 4, 3, 2]);
        var image = head.call(map, 20, 16);
        Assert.Equal([1, 3, 20, 16], image.shape);
        using (no_grad())
        {
            map[0, 0, 1, 1] += 1;
        }

        var changed = (head.call(map, 20, 16) - image).abs().amax([0, 1]).gt(0);
        Assert.True(changed.narrow(0, 8, 8).narrow(1, 8, 8).to_type(ScalarType.Float32).mean().item<float>() > 0.9);
        Assert.Equal(
            changed.narrow(0, 8, 8).narrow(1, 8, 8).sum().item<long>(), changed.sum().item<long>());
    }
}
