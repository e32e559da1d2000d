using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Layers;

public sealed class PaddedPatchEmbeddingTests
{
    [Fact]
    public void An_odd_image_is_the_image_with_zeros_at_the_bottom_and_at_the_right()
    {
        using var scope = NewDisposeScope();
        var layer = new PaddedPatchEmbedding(2, 5, 4, normEps: 1e-5);
        var image = randn([2, 2, 9, 7]);
        var whole = zeros([2, 2, 12, 8]);
        whole.narrow(2, 0, 9).narrow(3, 0, 7).copy_(image);
        var tokens = layer.forward(image);
        Assert.Equal([2, 3, 2, 5], tokens.shape);
        Assert.Equal(new TokenGrid(3, 2), layer.GridOf(9, 7));
        Assert.Equal(0, Close.Error(tokens, layer.forward(whole)));
    }

    [Fact]
    public void Other_bands_are_refused()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(() => new PaddedPatchEmbedding(2, 5, 4).forward(randn([1, 3, 8, 8])));
        Assert.Contains("(B, 2, h, w), got (1, 3, 8, 8)", error.Message);
    }
}
