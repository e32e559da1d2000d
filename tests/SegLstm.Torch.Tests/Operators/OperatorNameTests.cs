#if !TORCHSHARP
using System.Reflection;
using SegLstm.Torch;
using TorchSharp;

namespace SegLstm.Tests.Torch.Operators;

public class OperatorNameTests
{
    // Of libtorch 2; the binding looks whether they are there.
    private static readonly string[] Later = ["aten::scaled_dot_product_attention"];

    [Fact]
    public void Every_operator_that_the_binding_names_exists_in_this_libtorch()
    {
        Operator[] named = [.. typeof(torch).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(Operator))
            .Select(field => (Operator)field.GetValue(null)!)];
        Assert.True(named.Length > 500, $"only {named.Length} operators found by reflection");
        Assert.Empty(named.Where(one => !one.Exists).Select(one => one.ToString()).Except(Later));
    }
}
#endif
