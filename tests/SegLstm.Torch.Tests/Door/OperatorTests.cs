#if !TORCHSHARP
using System.Runtime.InteropServices;
using SegLstm.Torch;
using TorchSharp;

namespace SegLstm.Tests.Torch.Door;

public class OperatorTests
{
    private static readonly Operator Add = new("aten::add", "Tensor");
    private static readonly Operator MatMul = new("aten::matmul");

    [Fact]
    public void An_operator_is_called_by_its_schema_name()
    {
        using var a = torch.tensor(new[] { 1f, 2f });
        using var sum = Add.Invoke(a, a, 10);
        Assert.Equal([11f, 22f], sum.data<float>().ToArray());
    }

    [Fact]
    public void Arguments_left_out_take_the_schemas_defaults()
    {
        using var a = torch.tensor(new[] { 1f, 2f });
        using var sum = Add.Invoke(a, a);
        Assert.Equal([2f, 4f], sum.data<float>().ToArray());
    }

    [Fact]
    public void The_dispatcher_lists_thousands_of_operators() => Assert.True(Operator.List("aten::").Length > 2000);

    [Fact]
    public void An_unknown_overload_names_those_that_exist()
    {
        var error = Assert.Throws<MissingMethodException>(() => new Operator("aten::add", "Nonsense").Invoke());
        Assert.Contains("aten::add.Tensor", error.Message);
    }

    [Fact]
    public void A_refusal_carries_libtorchs_message_with_the_shapes()
    {
        using var a = torch.zeros(2, 3);
        using var b = torch.zeros(4, 5);
        var error = Assert.Throws<ExternalException>(() => MatMul.Invoke(a, b));
        Assert.Contains("2x3 and 4x5", error.Message);
    }

    [Fact]
    public void A_wrong_kind_of_argument_is_named()
    {
        using var a = torch.zeros(2);
        var error = Assert.Throws<ArgumentException>(() => Add.Invoke(a, "text"));
        Assert.Contains("'other'", error.Message);
        Assert.Contains("Tensor", error.Message);
    }

    [Fact]
    public void Too_many_arguments_are_refused()
    {
        using var a = torch.zeros(2);
        Assert.Throws<ArgumentException>(() => Add.Invoke(a, a, 1, 2, 3));
    }

    [Fact]
    public void A_disposed_tensor_is_refused_before_the_call()
    {
        var a = torch.zeros(2);
        a.Dispose();
        Assert.Throws<InvalidOperationException>(() => Add.Invoke(a, a));
    }

    [Fact]
    public void An_allocation_of_2_to_the_60_elements_is_an_error() =>
        Assert.Throws<ExternalException>(() => torch.zeros([1L << 60]));
}
#endif
