using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class NumberTests
{
    [Fact]
    public void A_number_becomes_a_tensor_of_its_type()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor whole = 3L, fraction = 1.5f, precise = 1.5, truth = true;
        Assert.Equal([ScalarType.Int64, ScalarType.Float32, ScalarType.Float64, ScalarType.Bool], new[] { whole.dtype, fraction.dtype, precise.dtype, truth.dtype });
        Assert.Empty(whole.shape);
    }

    [Fact]
    public void A_tensor_of_one_element_becomes_a_number()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = tensor(new[] { 2.75f });
        Assert.Equal(2.75f, (float)t);
        Assert.Equal(2.75, (double)t);
        Assert.Equal(2L, (long)t);
        Assert.Equal(2, t.ToInt32());
        Assert.True((bool)t);
        Assert.Equal(7, (byte)tensor(7L));
    }

    [Fact]
    public void The_larger_type_wins_and_numbers_take_the_tensors_type()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float32, (ones(2) + 0.1).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2, dtype: ScalarType.Int64) * 0.5).dtype);
        Assert.Equal(ScalarType.Int64, (ones(2, dtype: ScalarType.Int64) + 1).dtype);
        Assert.Equal(ScalarType.Float64, (ones(2) + ones(2, dtype: ScalarType.Float64)).dtype);
        Assert.Equal(ScalarType.Float32, (ones(2) + tensor(1.0)).dtype);
        Assert.Equal(ScalarType.Float32, result_type(ones(2), ones(2, dtype: ScalarType.Int64)));
        Assert.Equal(ScalarType.Float64, promote_types(ScalarType.Float32, ScalarType.Float64));
        Assert.False(can_cast(ScalarType.Float32, ScalarType.Int64));
    }

    [Theory]
    [InlineData(ScalarType.Float16, 0.0009765625, 65504.0, 6.103515625e-05)]
    [InlineData(ScalarType.BFloat16, 0.0078125, 3.3895313892515355e+38, 1.1754943508222875e-38)]
    [InlineData(ScalarType.Float32, 1.1920928955078125e-07, 3.4028234663852886e+38, 1.1754943508222875e-38)]
    [InlineData(ScalarType.Float64, 2.220446049250313e-16, 1.7976931348623157e+308, 2.2250738585072014e-308)]
    public void The_limits_of_a_type_are_PyTorchs(ScalarType type, double eps, double max, double tiny)
    {
        FInfo limits = finfo(type);
        Assert.Equal((eps, max, -max, tiny), (limits.eps, limits.max, limits.min, limits.tiny));
    }

    [Fact]
    public void Tensors_are_equal_where_shape_and_elements_are()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.True(ones(2).Equals(ones(2)));
        Assert.False(ones(2).Equals(ones(2, 1)));
        Assert.False(ones(2).Equals(zeros(2)));
        Assert.False(ones(2).Equals(null!));
        Assert.True(ones(2).allclose(ones(2) + 1e-9));
        Assert.False(ones(2).allclose(ones(2) + 1e-3));
        Assert.True(zeros(1).is_nonzero() is false);
    }

    [Fact]
    public void A_quotient_with_a_tensor_below_the_line_has_gradients()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor t = tensor(new[] { 2f, 4f }).requires_grad_();
        (3 / t + (1 - t)).sum().backward();
        Assert.Equal([-1.75f, -1.1875f], t.grad!.data<float>().ToArray());
    }

    [Fact]
    public void An_array_and_a_number_become_tensors_by_extension()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor matrix = new[] { 1f, 2f, 3f, 4f }.ToTensor([2, 2]);
        Assert.Equal([2L, 2L], matrix.shape);
        Assert.Equal(3f, matrix.ReadCpuSingle(2));
        Assert.Equal(3f, matrix.t().ReadCpuSingle(1));
        Assert.Equal(ScalarType.Int32, 7.ToTensor().dtype);
        Assert.Equal(0, 7.ToTensor().dim());
    }

    [Fact]
    public void Complex_numbers_become_tensors_and_come_back()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor single = tensor((1f, -2f)), pair = tensor(new[] { new System.Numerics.Complex(1, 2), new System.Numerics.Complex(3, -4) });
        Assert.Equal(ScalarType.ComplexFloat32, single.dtype);
        Assert.Equal(new System.Numerics.Complex(1, -2), single.ToComplexFloat64());
        Assert.Equal([1.0, 3.0], pair.real.data<double>().ToArray());
        Assert.Equal([Math.Sqrt(5), 5.0], pair.abs().data<double>().ToArray());
    }

    [Fact]
    public void A_list_takes_the_shape_given_in_numbers()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([2L, 3L], tensor([1L, 2L, 3L, 4L, 5L, 6L], 2, 3).shape);
        Assert.Equal(ScalarType.Float64, tensor(new List<float> { 1, 2 }, 1, 2, dtype: ScalarType.Float64).dtype);
        Assert.Throws<ArgumentException>(() => tensor(new List<float> { 1, 2 }, 3, 2));
    }

    [Fact]
    public void An_array_of_any_rank_becomes_a_tensor()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor cube = from_array(new int[2, 1, 3] { { { 1, 2, 3 } }, { { 4, 5, 6 } } });
        Assert.Equal([2L, 1L, 3L], cube.shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], cube.data<int>().ToArray());
        Assert.Equal([1f, 2f], from_array(new[] { 1, 2 }, ScalarType.Float32).data<float>().ToArray());
    }
}
