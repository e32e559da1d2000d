using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class SizeTests
{
    [Fact]
    public void A_size_is_made_from_numbers_and_counts_elements()
    {
        Size size = (2L, 3L, 4L);
        Assert.Equal(24, size.numel());
        Assert.Equal(3, size.Length);
        Assert.Equal(4, size[2]);
        Assert.Equal([3L, 4L], size[1..].Shape);
        Assert.True(new Size(Array.Empty<long>()).IsScalar);
    }

    [Fact]
    public void Sizes_are_equal_and_added_by_their_numbers()
    {
        Assert.True(new Size([2L, 3L]) == (2L, 3L));
        Assert.True(new Size([2L, 3L]) != (3L, 2L));
        Assert.Equal([2L, 3L, 4L], ((Size)(2L, 3L) + 4L).Shape);
    }

    [Fact]
    public void A_size_stands_where_a_shape_is_taken()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([2L, 3L], zeros(1).expand(new Size([2L, 3L])).shape);
        Assert.Equal([2L, 3L], zeros(6).unflatten(0, new Size([2L, 3L])).shape);
    }
}
