using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class ErrorTests
{
    [Fact]
    public void Mismatched_shapes_of_a_sum_are_named()
    {
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3) + zeros(4, 5));
        Assert.Contains("size of tensor a (3) must match the size of tensor b (5)", error.Message);
    }

    [Fact]
    public void An_element_type_that_an_operator_lacks_is_named()
    {
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2, 2).mm(zeros(2, 2, dtype: ScalarType.Float64)));
        Assert.Contains("ouble", error.Message);
        Assert.Throws<ExternalException>(() => zeros(2).bitwise_and(zeros(2)));
    }

    [Fact]
    public void A_position_out_of_range_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros(3, 4);
        var error = Assert.Throws<ExternalException>(() => x[5]);
        Assert.Contains("index 5", error.Message);
        Assert.Contains("3", error.Message);
        Assert.Throws<ExternalException>(() => x[0, -5]);
        Assert.Throws<ExternalException>(() => x[0, 0, 0]);
        Assert.Throws<ExternalException>(() => x[0, 0][0]);
        Assert.Throws<ExternalException>(() => x[tensor(new long[] { 3 })]);
        Assert.Throws<ExternalException>(() => x.select(2, 0));
        Assert.Throws<ExternalException>(() => x.index_select(0, tensor(new long[] { 7 })));
        Assert.Throws<ExternalException>(() => x.gather(0, tensor(new long[] { 9 }).reshape(1, 1)));
    }

    [Fact]
    public void A_mask_of_another_shape_is_refused_with_both_shapes()
    {
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(3, 4)[ones(2, dtype: ScalarType.Bool)]);
        Assert.Contains("[2]", error.Message);
        Assert.Contains("[3, 4]", error.Message);
    }

    [Fact]
    public void Positions_that_are_no_integers_are_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => zeros(3)[zeros(1)]);
    }

    [Fact]
    public void A_slice_cannot_go_backwards()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => zeros(3)[TensorIndex.Slice(null, null, -1)]);
    }

    [Fact]
    public void A_view_with_another_number_of_elements_is_refused_with_its_shape()
    {
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2, 3).view(4));
        Assert.Contains("[4]", error.Message);
    }

    [Fact]
    public void An_impossible_allocation_is_an_exception()
    {
        Assert.Throws<ExternalException>(() => zeros(1L << 60));
        Assert.Throws<ExternalException>(() => zeros(2).expand(1L << 60, 2).clone());
    }

    [Fact]
    public void A_singular_matrix_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        var error = Assert.Throws<ExternalException>(() => zeros(2, 2).inverse());
        Assert.Contains("singular", error.Message);
    }

    [Fact]
    public void Writing_in_place_into_an_expanded_view_is_refused()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => zeros(1).expand(3).add_(ones(3)));
    }

    [Fact]
    public void Changing_a_leaf_in_place_is_refused_while_gradients_are_recorded()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor leaf = ones(2, requires_grad: true);
        Assert.Throws<ExternalException>(() => leaf.mul_(2));
        using (no_grad()) leaf.mul_(2);
        Assert.Equal([2f, 2f], leaf.detach().data<float>().ToArray());
    }

    [Fact]
    public void A_disposed_tensor_is_refused_by_every_kind_of_operator()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor gone = zeros(2), here = zeros(2);
        gone.Dispose();
        Assert.Throws<InvalidOperationException>(() => gone.exp());
        Assert.Throws<InvalidOperationException>(() => here + gone);
        Assert.Throws<InvalidOperationException>(() => gone.add_(1));
        Assert.Throws<InvalidOperationException>(() => torch.cat([here, gone]));
        Assert.Throws<InvalidOperationException>(() => gone[0]);
        Assert.Throws<InvalidOperationException>(() => here[gone]);
        Assert.Throws<InvalidOperationException>(() => gone.shape);
        Assert.Throws<InvalidOperationException>(() => gone.topk(1));
    }
}
