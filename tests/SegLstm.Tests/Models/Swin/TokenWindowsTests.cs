using SegLstm.Models.Swin;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.Swin;

public sealed class TokenWindowsTests
{
    [Fact]
    public void Windows_are_cut_row_by_row_and_put_back()
    {
        using var scope = NewDisposeScope();
        var map = arange(24).reshape(1, 4, 6, 1);
        var windows = TokenWindows.Partition(map, 2);
        Assert.Equal([1, 6, 4, 1], windows.shape);
        Assert.Equal([2, 3, 8, 9], windows[0, 1].flatten().data<long>().ToArray());
        Assert.Equal([12, 13, 18, 19], windows[0, 3].flatten().data<long>().ToArray());
        Assert.Equal(0, Close.Error(TokenWindows.Merge(windows, 2, 4, 6), map));
    }

    [Theory]
    [InlineData(4, 6, 2, 0)]
    [InlineData(4, 6, 2, 1)]
    [InlineData(9, 7, 4, 2)]
    [InlineData(3, 2, 5, 2)]
    public void Shifting_and_padding_are_undone(long height, long width, long window, long shift)
    {
        using var scope = NewDisposeScope();
        var map = randn([2, height, width, 3]);
        Assert.Equal(0, Close.Error(TokenWindows.Attend(map, window, shift, tokens => tokens), map));
    }

    [Fact]
    public void Padded_tokens_are_zeros_that_take_part()
    {
        using var scope = NewDisposeScope();
        var map = ones([1, 3, 3, 1]);
        var means = TokenWindows.Attend(map, 2, 0, tokens => tokens.mean([2], keepdim: true).expand_as(tokens));
        Assert.Equal([1, 1, 0.5f, 1, 1, 0.5f, 0.5f, 0.5f, 0.25f], means.flatten().data<float>().ToArray());
    }

    [Theory]
    [InlineData(8, 8, 4, 2)]
    [InlineData(6, 12, 3, 1)]
    [InlineData(10, 13, 5, 2)]
    public void Tokens_of_a_shifted_window_see_each_other_only_where_they_were_neighbours(
        int height, int width, int window, int shift)
    {
        using var scope = NewDisposeScope();
        var (rows, columns) = ((height + window - 1) / window * window, (width + window - 1) / window * window);
        // Where each token of the windows came from: a window's tokens belong together if none came round the edge.
        var places = TokenWindows.Partition(
            roll(arange(rows * columns).reshape(1, rows, columns, 1), [-shift, -shift], [1L, 2L]), window);
        var from = places.flatten().data<long>().ToArray();
        var mask = TokenWindows.ShiftMask(height, width, window, shift);
        var seen = mask.flatten().data<float>().ToArray();
        var tokens = window * window;
        Assert.Equal([rows / window * (columns / window), tokens, tokens], mask.shape);
        for (var at = 0; at < seen.Length; at++)
        {
            var (pair, key) = Math.DivRem(at, tokens);
            var (a, b) = (from[pair], from[pair / tokens * tokens + key]);
            var near = Math.Abs(a / columns - b / columns) < window && Math.Abs(a % columns - b % columns) < window;
            Assert.Equal(near ? 0 : -100, seen[at]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void The_position_index_is_mmsegmentations_too(long window)
    {
        using var scope = NewDisposeScope();
        // Its way: steps of 2w - 1 down and 1 to the right, summed over pairs and mirrored.
        var steps = (arange(window).unsqueeze(1) * (2 * window - 1) + arange(window).unsqueeze(0)).reshape(1, -1);
        Assert.Equal(0, Close.Error(TokenWindows.PositionIndex(window), (steps + steps.t()).flip(1)));
    }

    [Fact]
    public void The_position_index_goes_by_query_minus_key()
    {
        using var scope = NewDisposeScope();
        var index = TokenWindows.PositionIndex(3);
        // Query (2, 1), key (0, 2): two down, one to the left, in a table of five columns.
        Assert.Equal((4 * 5) + 1, index[7, 2].item<long>());
        Assert.Equal(12, index[4, 4].item<long>());
        Assert.Equal(0, index.min().item<long>());
        Assert.Equal(24, index.max().item<long>());
    }

    [Fact]
    public void Attention_with_bias_and_mask_equals_the_formula()
    {
        using var scope = NewDisposeScope();
        manual_seed(4);
        var layer = new WindowAttention(4, 2, 2).to(ScalarType.Float64);
        var state = layer.state_dict();
        var (x, mask) = (randn([1, 3, 4, 4], dtype: ScalarType.Float64), randn([3, 4, 4], dtype: ScalarType.Float64));
        var got = layer.forward(x, mask);
        var qkv = nn.functional.linear(x[0, 1], state["qkv.weight"], state["qkv.bias"]);
        var heads = Enumerable.Range(0, 2).Select(head =>
        {
            Tensor Part(int part) => qkv.narrow(1, (part * 4) + (head * 2), 2);
            var products = matmul(Part(0), Part(1).t()) / Math.Sqrt(2);
            for (var query = 0; query < 4; query++)
            {
                for (var key = 0; key < 4; key++)
                {
                    var row = ((query / 2 - key / 2 + 1) * 3) + (query % 2) - (key % 2) + 1;
                    products[query, key] += state["relative_position_bias_table"][row, head] + mask[1, query, key];
                }
            }

            var weights = products.exp() / products.exp().sum(1, keepdim: true);
            return matmul(weights, Part(2));
        });
        var expected = nn.functional.linear(cat([.. heads], 1), state["proj.weight"], state["proj.bias"]);
        Close.Within(got[0, 1], expected, 1e-12, "window 1");
    }
}
