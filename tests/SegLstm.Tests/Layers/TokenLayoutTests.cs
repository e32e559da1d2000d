using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Layers;

public sealed class TokenLayoutTests
{
    [Theory]
    [InlineData(TokenLocation.First, 2, 9, new long[] { 0, 1 })]
    [InlineData(TokenLocation.Middle, 1, 9, new long[] { 5 })]
    [InlineData(TokenLocation.Middle, 2, 9, new long[] { 5, 6 })]
    [InlineData(TokenLocation.Middle, 3, 16, new long[] { 8, 9, 10 })]
    [InlineData(TokenLocation.Last, 2, 9, new long[] { 9, 10 })]
    [InlineData(TokenLocation.Bilateral, 4, 9, new long[] { 0, 1, 11, 12 })]
    [InlineData(TokenLocation.Uniform, 2, 9, new long[] { 3, 7 })]
    [InlineData(TokenLocation.Uniform, 2, 10, new long[] { 4, 9 })]
    [InlineData(TokenLocation.Uniform, 4, 1, new long[] { 1, 2, 3, 4 })]
    public void Learned_tokens_stand_where_they_are_put(TokenLocation location, int count, long patches, long[] places)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var tokens = new ExtraTokens(3, count, location);
        var layout = tokens.LayoutOf(new TokenGrid(1, patches));
        Assert.Equal(places, layout.Extra);
        var x = randn([2, patches, 3]);
        var sequence = tokens.forward(x, layout);
        Assert.Equal([2, patches + count, 3], sequence.shape);
        Assert.Equal(0, Close.Error(layout.Patches(sequence), x));
        Assert.Equal(0, Close.Error(layout.ExtraTokens(sequence)[1], tokens.get_parameter("tokens")![0]));
    }

    [Theory]
    [InlineData(new long[0])]
    [InlineData(new long[] { 0, 4, 8 })]
    public void Columns_move_the_patches_and_come_back(long[] extra)
    {
        using var scope = NewDisposeScope();
        var layout = new TokenLayout(new TokenGrid(2, 3), extra);
        var x = arange(layout.Tokens, ScalarType.Float32).view(1, -1, 1);
        var columns = layout.ToColumns(x);
        Assert.Equal(new TokenGrid(3, 2), layout.ByColumns.Grid);
        Assert.Equal(0, Close.Error(layout.ByColumns.ToColumns(columns), x));
        Assert.Equal(extra.Select(place => (float)place), layout.ByColumns.ExtraTokens(columns).data<float>().ToArray());
        float[] patches = layout.Patches(x).data<float>().ToArray();
        Assert.Equal([patches[0], patches[3], patches[1], patches[4], patches[2], patches[5]],
            layout.ByColumns.Patches(columns).data<float>().ToArray());
    }

    [Fact]
    public void Read_backwards_the_places_are_counted_from_the_end()
    {
        using var scope = NewDisposeScope();
        var layout = new TokenLayout(new TokenGrid(2, 3), 0, 5);
        Assert.Equal([2, 7], layout.Reversed.Extra);
        var x = randn([1, 8, 2]);
        Assert.Equal(0, Close.Error(layout.Reversed.Patches(x.flip(1)), layout.Patches(x).flip(1)));
    }

    [Fact]
    public void A_learned_token_is_a_picture_of_one_pixel_to_a_2d_convolution()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var convolution = new SequenceConv2d(2, 3);
        var layout = new TokenLayout(new TokenGrid(3, 2), 0, 4);
        var x = randn([1, 8, 2]);
        var y = convolution.ForwardMixed(x, layout);
        Close.Within(layout.Patches(y), convolution.forward(layout.Patches(x), layout.Grid), 1e-6, "patches");
        Close.Within(layout.ExtraTokens(y).narrow(1, 1, 1), convolution.forward(x.narrow(1, 4, 1), new TokenGrid(1, 1)), 1e-6,
            "a token alone");
    }

    [Fact]
    public void Places_outside_of_the_sequence_and_no_tokens_are_refused()
    {
        Assert.Contains("0 to 4", Assert.Throws<ArgumentException>(() => new TokenLayout(new TokenGrid(2, 2), 5)).Message);
        Assert.Throws<ArgumentException>(() => new TokenLayout(new TokenGrid(2, 2), 3, 3));
        Assert.Throws<ArgumentException>(() => new ExtraTokens(4, 0, TokenLocation.First));
        Assert.Throws<ArgumentException>(() => new ExtraTokens(4, 3, TokenLocation.Bilateral));
    }
}
