using TorchSharp;

namespace SegLstm.Tests.Torch.Tensors;

public class TensorDataTests
{
    [Fact]
    public void Elements_come_back_in_row_major_order_whatever_the_strides()
    {
        using var matrix = torch.tensor(new float[,] { { 1, 2, 3 }, { 4, 5, 6 } });
        using var turned = matrix.transpose(0, 1);
        Assert.Equal([1f, 4f, 2f, 5f, 3f, 6f], turned.data<float>().ToArray());
        Assert.Equal(5f, turned.data<float>()[1, 1]);
    }

    [Fact]
    public void A_wrong_type_is_refused()
    {
        using var t = torch.zeros(2);
        Assert.Throws<ArgumentException>(() => t.data<double>());
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(-1, 0)]
    [InlineData(0, 3)]
    public void An_index_outside_is_refused(long row, long column)
    {
        using var t = torch.zeros(2, 3);
        Assert.ThrowsAny<Exception>(() => t.data<float>()[row, column]);
    }

    [Fact]
    public void Bytes_are_the_tensors_own_memory()
    {
        using var t = torch.zeros(2, torch.int32);
        t.bytes[4] = 7;
        Assert.Equal([0, 7], t.data<int>().ToArray());
    }

    [Fact]
    public void A_tensor_over_an_array_shares_its_memory()
    {
        var array = new float[] { 1, 2, 3 };
        using var t = torch.frombuffer(array, torch.float32);
        array[1] = 20;
        Assert.Equal([1f, 20f, 3f], t.data<float>().ToArray());
    }

    [Fact]
    public void Item_takes_exactly_one_element()
    {
        using var one = torch.tensor(2.5);
        using var two = torch.zeros(2);
        Assert.Equal(2.5, one.item<double>());
        Assert.Throws<ArgumentException>(() => two.item<float>());
    }

    [Fact]
    public void A_disposed_tensor_says_so()
    {
        var t = torch.zeros(2);
        t.Dispose();
        Assert.True(t.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => t.shape);
    }

    [Fact]
    public void The_element_count_must_fit_the_shape() =>
        Assert.Throws<ArgumentException>(() => torch.tensor(new[] { 1f, 2f, 3f }, [2, 2]));
}
