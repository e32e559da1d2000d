using SegLstm.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training;

public class VotingWindowsTests
{
    [Theory]
    [InlineData(16, 16, 16, 16)]
    [InlineData(13, 16, 16, 20)]
    [InlineData(16, 17, 20, 20)]
    [InlineData(12, 24, 12, 24)]
    [InlineData(8, 8, 8, 8)]
    [InlineData(5, 8, 8, 12)]
    [InlineData(3, 1, 8, 8)]
    public void Where_windows_do_not_end_at_an_edge_both_directions_are_padded(int height, int width, int rows, int columns)
    {
        var windows = new VotingWindows(height, width, 8, 8, 4);
        Assert.Equal((rows, columns), (windows.PaddedHeight, windows.PaddedWidth));
        Assert.Equal((((rows - 8) / 4) + 1, ((columns - 8) / 4) + 1), (windows.Rows, windows.Columns));
    }

    [Fact]
    public void Overlapping_windows_add_up_and_what_was_padded_is_cut_off()
    {
        using var scope = NewDisposeScope();
        var windows = new VotingWindows(13, 16, 8, 6, 3);
        var image = randn([2, 13, 16]);
        var cut = windows.Cut(image);
        Assert.Equal([windows.Rows * windows.Columns, 2, 8, 6], cut.shape);
        var sums = windows.Combine(cut);
        var votes = windows.Combine(ones_like(cut));
        Close.Within(sums[.., ..13, ..16], image * votes[.., ..13, ..16], 1e-5, "sums");
        Assert.Equal(0, sums[.., 13.., ..].abs().max().item<float>());
        Assert.Equal([13, 16], windows.Classes(sums).shape);
    }

    [Fact]
    public void A_model_that_looks_at_pixels_alone_maps_as_it_does_at_once()
    {
        using var scope = NewDisposeScope();
        var model = nn.Conv2d(3, 4, 1);
        var image = randn([3, 21, 34]);
        var classes = new VotingWindows(21, 34, 8, 8, 4).Predict(model, image);
        Assert.True(classes.eq(model.forward(image.unsqueeze(0))[0].argmax(0)).all().item<bool>());
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => new VotingWindows(20, 20, 8, 8, 9));
        Assert.Throws<ArgumentOutOfRangeException>(() => new VotingWindows(0, 20));
        var windows = new VotingWindows(20, 20, 8, 8, 4);
        Assert.Contains("(C, 20, 20)", Assert.Throws<ArgumentException>(() => windows.Cut(ones(1, 20, 21))).Message);
        Assert.Contains("16, 1, 8, 8", Assert.Throws<ArgumentException>(() => windows.Combine(ones(15, 1, 8, 8))).Message);
    }
}
