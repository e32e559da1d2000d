using SegLstm.Pretraining.Losses;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Losses;

/// <summary>The losses of what GLCNet is compared with.</summary>
public sealed class OtherLossesTests
{
    [Fact]
    public void InfoNce_is_the_surprise_at_the_own_key_among_all()
    {
        using var scope = NewDisposeScope();
        var (query, key, queue) = (randn([3, 4]), randn([3, 4]), nn.functional.normalize(randn([4, 6]), dim: 0));
        var logits = new InfoNceLoss(0.2).Logits(query, key, queue);
        Assert.Equal([3, 7], logits.shape);
        Close.Within(logits[.., 0], nn.functional.cosine_similarity(query, key) / 0.2, 1e-5, "own keys");
        var loss = new InfoNceLoss(0.2).forward(query, key, queue).item<float>();
        Assert.Equal(-logits.softmax(1)[.., 0].log().mean().item<float>(), loss, 1e-4);
        Assert.Throws<ArgumentException>(() => new InfoNceLoss().forward(query, key, queue.t()));
    }

    [Fact]
    public void Byol_is_0_for_the_same_direction_2_across_and_4_for_the_opposite()
    {
        using var scope = NewDisposeScope();
        var x = tensor(new[] { 3f, 0 }).view(1, 2);
        var loss = new ByolLoss();
        Assert.Equal(0, loss.forward(x, 2 * x).item<float>(), 1e-6);
        Assert.Equal(2, loss.forward(x, x.roll(1, 1)).item<float>(), 1e-6);
        Assert.Equal(4, loss.forward(x, -x).item<float>(), 1e-6);
    }

    [Fact]
    public void Inpainting_weighs_the_means_over_holes_and_rest()
    {
        using var scope = NewDisposeScope();
        var mask = ones(1, 1, 2, 4);
        mask[0, 0, 0, 0] = 0;
        var image = zeros(1, 2, 2, 4);
        // Squared errors: 9 in the hole, 4 elsewhere.
        var painted = (3 * (1 - mask)) + (2 * mask) + image;
        Assert.Equal((0.99 * 9) + (0.01 * 4), new InpaintingLoss().forward(painted, image, mask).item<float>(), 1e-5);
        Assert.Equal((0.5 * 9) + (0.5 * 4), new InpaintingLoss(0.5).forward(painted, image, mask).item<float>(), 1e-5);
        Assert.Equal(0.04, new InpaintingLoss().forward((2 * ones_like(image)), image, ones_like(mask)).item<float>(), 1e-5);
    }

    [Fact]
    public void Masked_pixels_alone_count()
    {
        using var scope = NewDisposeScope();
        var mask = zeros(1, 1, 2, 4);
        mask[0, 0, 1, 3] = 1;
        var image = zeros(1, 2, 2, 4);
        var completed = image - (3 * mask) + (100 * (1 - mask));
        Assert.Equal(3, new MaskedPixelLoss().forward(completed, image, mask).item<float>(), 1e-5);
        Assert.Equal(9, new MaskedPixelLoss(PixelError.Squared).forward(completed, image, mask).item<float>(), 1e-5);
        Assert.Equal(0, new MaskedPixelLoss().forward(completed, image, zeros_like(mask)).item<float>());
    }

    [Fact]
    public void Tile2Vec_asks_for_a_margin_and_for_short_vectors()
    {
        using var scope = NewDisposeScope();
        Tensor Vector(float x) => tensor(new[] { x, 0 }).view(1, 2);
        var loss = new Tile2VecLoss(margin: 2, penalty: 0);
        Assert.Equal(0, loss.forward(Vector(1), Vector(2), Vector(5)).item<float>(), 1e-5);
        Assert.Equal(4, loss.forward(Vector(1), Vector(4), Vector(2)).item<float>(), 1e-5);
        Assert.Equal(
            4 + (0.1 * 7), new Tile2VecLoss(margin: 2, penalty: 0.1).forward(Vector(1), Vector(4), Vector(2)).item<float>(), 1e-5);
    }

    [Fact]
    public void Tile2Vec_has_finite_gradients_where_vectors_coincide_or_vanish()
    {
        using var scope = NewDisposeScope();
        var x = zeros([2, 3]).requires_grad_(true);
        new Tile2VecLoss().forward(x, x, ones(2, 3)).backward();
        Close.Finite(x.grad!, "gradient");
    }
}
