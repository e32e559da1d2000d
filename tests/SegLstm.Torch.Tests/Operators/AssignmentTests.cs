using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class AssignmentTests
{
    private static long[] Elements(Tensor t) => t.data<long>().ToArray();

    [Fact]
    public void A_tensor_is_written_to_a_position_a_slice_and_a_mask()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = arange(6).reshape(2, 3);
        t[0] = tensor(new long[] { 9, 9, 9 });
        t[.., 1..2] = tensor(new long[] { 7, 8 }).reshape(2, 1);
        t[t == 4] = tensor(-1L);
        Assert.Equal([9, 7, 9, 3, 8, 5], Elements(t));
    }

    [Fact]
    public void Leading_dimensions_of_size_1_of_the_value_are_dropped()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = zeros(2, 3, dtype: ScalarType.Int64);
        t[1] = arange(3).reshape(1, 1, 3);
        Assert.Equal([0, 0, 0, 0, 1, 2], Elements(t));
    }

    [Fact]
    public void Positions_given_by_tensors_are_written_together()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = zeros(3, 3, dtype: ScalarType.Int64);
        t[tensor(new long[] { 0, 2 }), tensor(new long[] { 1, 2 })] = tensor(new long[] { 5, 6 });
        Assert.Equal([0, 5, 0, 0, 0, 0, 0, 0, 6], Elements(t));
    }

    [Fact]
    public void Slices_and_positions_mix()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = zeros(2, 3, 2, dtype: ScalarType.Int64);
        t[TensorIndex.Colon, TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 1] = tensor(new long[] { 1, 2, 3, 4 }).reshape(2, 2);
        Assert.Equal([0, 2, 0, 0, 0, 1, 0, 4, 0, 0, 0, 3], Elements(t));
    }

    [Fact]
    public void Accumulating_counts_a_position_as_often_as_it_is_named()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = zeros(3, dtype: ScalarType.Int64);
        t.index_put_(ones(4, dtype: ScalarType.Int64), [tensor(new long[] { 0, 2, 2, 2 })], accumulate: true);
        Assert.Equal([1, 0, 3], Elements(t));
    }

    [Fact]
    public void A_number_is_written_through_a_mask()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = arange(5f);
        t.index_put_(-1, t > 2);
        Assert.Equal([0f, 1f, 2f, -1f, -1f], t.data<float>().ToArray());
    }

    [Fact]
    public void Gradients_flow_to_the_value_and_to_what_is_left()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor source = ones(3, requires_grad: true), value = ones(1, requires_grad: true);
        Tensor t = source * 2;
        t[1..2] = value * 3;
        t.sum().backward();
        Assert.Equal([2f, 0f, 2f], source.grad!.data<float>().ToArray());
        Assert.Equal([3f], value.grad!.data<float>().ToArray());
    }

    [Fact]
    public void A_value_of_another_shape_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = zeros(2, 3);
        Assert.Throws<ExternalException>(() => t[0] = zeros(4));
    }

    [Fact]
    public void A_part_is_replaced_in_a_copy()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = zeros(2, 4, dtype: ScalarType.Int64);
        Tensor changed = t.slice_scatter(ones(2, 2, dtype: ScalarType.Int64), 1, 1, 3);
        Assert.Equal([0, 1, 1, 0, 0, 1, 1, 0], Elements(changed));
        Assert.Equal(0, t.sum().item<long>());
    }
}
