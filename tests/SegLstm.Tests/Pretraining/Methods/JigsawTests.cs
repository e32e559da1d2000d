using SegLstm.Pretraining.Methods;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Methods;

public sealed class JigsawTests
{
    [Fact]
    public void Views_too_small_for_nine_pieces_are_refused_with_the_size_that_would_do()
    {
        using var scope = NewDisposeScope();
        var method = new Jigsaw(Trunks.Make("resnet"), permutations: 4);
        var error = Assert.Throws<ArgumentException>(() => method.call(TileViews.Batch(2, side: 48)));
        Assert.Contains("at least 57 pixels", error.Message);
        Assert.True(method.call(TileViews.Batch(2, side: 57)).Total.isfinite().item<bool>());
    }
}
