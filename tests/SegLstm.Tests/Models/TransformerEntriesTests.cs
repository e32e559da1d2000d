using SegLstm.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models;

public sealed class TransformerEntriesTests
{
    public static TheoryData<string> Entries =>
        [.. new[] { "deit*", "swin*" }.SelectMany(Catalog.List).Select(entry => entry.Name)];

    [Fact]
    public void All_are_in_the_catalog() => Assert.Equal(
        ["deit3_base", "deit3_small", "deit_base", "deit_mini", "deit_small", "deit_tiny", "swin_base", "swin_mini", "swin_small", "swin_tiny"],
        new[] { "deit*", "swin*" }.SelectMany(Catalog.List).Select(entry => entry.Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Entries))]
    public void The_tiny_variant_maps_images_of_many_sizes(string name)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        using var model = Catalog.Find(name).CreateTiny();
        Assert.Equal(0, 32 % model.Backbone.SizeMultiple);
        model.eval();
        foreach (var (height, width) in new[] { (32, 32), (64, 64), (96, 128), (224, 224) })
        {
            Assert.Equal([1, 3, height, width], model.forward(randn([1, 3, height, width])).shape);
        }
    }

    [Theory]
    [MemberData(nameof(Entries))]
    public void Every_parameter_gets_a_gradient_from_the_two_losses(string name)
    {
        using var scope = NewDisposeScope();
        using var model = Catalog.Find(name).CreateTiny();
        model.train();
        model.Backbone.ActivationCheckpointing = true;
        var (logits, auxiliary) = model.ForwardWithAuxiliary(randn([2, 3, 32, 32]));
        (logits.square().sum() + auxiliary!.square().sum()).backward();
        foreach (var (parameterName, parameter) in model.named_parameters())
        {
            Assert.True(parameter.grad is not null, $"{parameterName} has no gradient");
            Close.Finite(parameter.grad!, parameterName);
        }
    }
}
