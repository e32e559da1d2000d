using SegLstm.Pretraining.Networks;
using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Pretraining.Networks;

public sealed class SquareMasksTests
{
    [Fact]
    public void Every_image_hides_the_same_share_of_a_grid_in_whole_squares_and_other_squares()
    {
        using var scope = NewDisposeScope();
        var mask = SquareMasks.OfGrid(zeros(6, 3, 32, 48), 8, 0.6, new SeedStreams(1));
        Assert.Equal([6, 1, 32, 48], mask.shape);
        var cells = mask.unfold(2, 8, 8).unfold(3, 8, 8).flatten(4).mean([4]);
        Assert.All(cells.data<float>().ToArray(), share => Assert.Contains(share, new[] { 0f, 1f }));
        Assert.All(cells.flatten(1).sum(1).data<float>().ToArray(), hidden => Assert.Equal(14f, hidden));
        Assert.True((cells[0] - cells[1]).abs().max().item<float>() > 0);
    }

    [Fact]
    public void Views_that_squares_do_not_fill_or_that_are_a_single_one_are_refused()
    {
        string Fault(long height, long width) => Assert.Throws<ArgumentException>(
            () => SquareMasks.OfGrid(zeros(1, 3, height, width), 32, 0.5, new SeedStreams(1))).Message;
        Assert.Contains("multiples of the hidden squares' 32", Fault(64, 48));
        Assert.Contains("SquareSide", Fault(32, 32));
    }

    [Fact]
    public void Erased_squares_are_whole_and_lie_inside()
    {
        using var scope = NewDisposeScope();
        var one = SquareMasks.Erased(zeros(20, 3, 9, 12), 5, 1, new SeedStreams(2));
        Assert.All((1 - one).sum([1, 2, 3]).data<float>().ToArray(), erased => Assert.Equal(25f, erased));
        var many = SquareMasks.Erased(zeros(20, 3, 9, 12), 5, 8, new SeedStreams(2));
        Assert.All((1 - many).sum([1, 2, 3]).data<float>().ToArray(), erased => Assert.InRange(erased, 26f, 108f));
        // Corners are within reach.
        var corners = (1 - SquareMasks.Erased(zeros(400, 1, 9, 12), 5, 1, new SeedStreams(3))).amax([0, 1]);
        Assert.Equal(4f, (corners[0, 0] + corners[0, 11] + corners[8, 0] + corners[8, 11]).item<float>());
    }

    [Fact]
    public void A_square_larger_than_the_view_is_refused() => Assert.Contains(
        "does not fit", Assert.Throws<ArgumentException>(() => SquareMasks.Erased(zeros(1, 3, 8, 64), 16, 1, new SeedStreams(1))).Message);
}
