using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

public class RegistrationTests
{
    [Fact]
    public void Fields_become_parameters_submodules_and_buffers_under_their_names()
    {
        using var parts = new Parts();
        Assert.Equal(["scale_of_all", "projection.weight", "projection.bias"], parts.named_parameters().Select(pair => pair.name));
        Assert.Equal(["projection"], parts.named_children().Select(pair => pair.name));
        Assert.Equal(["offset", "count"], parts.named_buffers(include_nonpersistent: false).Select(pair => pair.name));
        Assert.Equal(["scale_of_all"], parts.named_parameters(recurse: false).Select(pair => pair.name));
    }

    [Fact]
    public void Without_RegisterComponents_there_are_no_parameters()
    {
        using var parts = new Parts(register: false);
        Assert.Empty(parts.parameters());
    }

    [Fact]
    public void The_state_lists_parameters_then_persistent_buffers()
    {
        using var parts = new Parts();
        Assert.Equal(["scale_of_all", "projection.weight", "projection.bias", "offset", "count"], parts.state_dict().Keys);
        Assert.All(parts.state_dict(prefix: "model").Keys, key => Assert.StartsWith("model.", key));
    }

    [Fact]
    public void A_shared_parameter_is_trained_once_and_saved_under_all_its_names()
    {
        using var shared = Linear(3, 3);
        using var model = Sequential(("first", shared), ("second", shared));
        Assert.Equal(2, model.parameters().Count());
        Assert.Equal(["first.bias", "first.weight", "second.bias", "second.weight"], model.state_dict().Keys.Order());
    }

    [Fact]
    public void Names_are_looked_up_across_levels()
    {
        using var parts = new Parts();
        Assert.Equal([2L, 3L], parts.get_parameter("projection.weight")!.shape);
        Assert.True(parts.has_buffer("offset"));
        Assert.False(parts.has_parameter("projection.offset"));
        Assert.Null(parts.get_buffer("elsewhere.offset"));
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("")]
    public void A_submodules_name_can_be_neither_empty_nor_dotted(string name)
    {
        using var parts = new Parts();
        Assert.Throws<ArgumentException>(() => parts.register_module(name, Linear(1, 1)));
    }

    [Fact]
    public void A_name_is_taken_once()
    {
        using var parts = new Parts();
        Assert.Throws<InvalidOperationException>(() => parts.register_module("projection", Linear(1, 1)));
        Assert.Throws<InvalidOperationException>(() => parts.register_parameter("scale_of_all", Parameter(zeros(1))));
        Assert.Throws<InvalidOperationException>(() => parts.register_buffer("offset", zeros(1)));
    }

    [Fact]
    public void Parameters_outlive_the_scope_that_a_layer_was_made_in()
    {
        Linear layer;
        using (NewDisposeScope()) layer = Linear(2, 2);
        using (layer)
        using (var result = layer.call(ones(1, 2))) Assert.Equal([1L, 2L], result.shape);
    }

    [Fact]
    public void Disposing_a_module_disposes_what_it_holds()
    {
        var parts = new Parts();
        var tensors = parts.state_dict().Values.ToList();
        parts.Dispose();
        Assert.All(tensors, tensor => Assert.True(tensor.IsInvalid));
        parts.Dispose();
    }
}
