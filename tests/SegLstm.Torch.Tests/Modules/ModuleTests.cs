using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

public class ModuleTests
{
    [Fact]
    public void Training_mode_reaches_every_level()
    {
        using var model = Sequential(Dropout(), Sequential(Dropout()));
        model.eval();
        Assert.All(model.modules(), module => Assert.False(module.training));
        model.train();
        Assert.True(model.training);
        Assert.All(model.modules(), module => Assert.True(module.training));
    }

    [Fact]
    public void Submodules_are_listed_level_by_level_without_the_module_itself()
    {
        using var model = Sequential(("a", Sequential(("x", ReLU()))), ("b", Tanh()));
        Assert.Equal(["a", "b", "a.x"], model.named_modules().Select(pair => pair.name));
    }

    [Fact]
    public void Apply_visits_children_before_parents()
    {
        using var model = Sequential(("a", Sequential(("x", ReLU()))), ("b", Tanh()));
        var visited = new List<Module>();
        model.apply(visited.Add);
        Assert.Equal(model.named_modules().OrderBy(pair => "a.x a b".Split(' ').ToList().IndexOf(pair.name)).Select(pair => pair.module), visited.SkipLast(1));
        Assert.Same(model, visited[^1]);
    }

    [Fact]
    public void Hooks_run_around_call_in_order_may_replace_values_and_can_be_removed()
    {
        using var scope = NewDisposeScope();
        using var layer = Identity();
        var before = layer.register_forward_pre_hook((_, x) => x + 1);
        var after = layer.register_forward_hook((_, x, y) => y * x);
        var seen = new List<string>();
        layer.register_forward_pre_hook(_ => seen.Add("before"));
        layer.register_forward_hook(_ => seen.Add("after"));
        Assert.Equal(9, layer.call(full(1, 2.0f)).item<float>());
        Assert.Equal(["before", "after"], seen);
        Assert.Equal(2, layer.forward(full(1, 2.0f)).item<float>());

        before.remove();
        after.remove();
        Assert.Equal(2, layer.call(full(1, 2.0f)).item<float>());
        Assert.Equal(4, seen.Count);
    }

    [Fact]
    public void Conversion_changes_floating_point_tensors_and_leaves_integers()
    {
        using var parts = new Parts();
        var same = parts.to(ScalarType.Float64);
        Assert.Same(parts, same);
        Assert.All(parts.parameters(), parameter => Assert.Equal(ScalarType.Float64, parameter.dtype));
        Assert.Equal(ScalarType.Float64, parts.get_buffer("offset")!.dtype);
        Assert.Equal(ScalarType.Int64, parts.get_buffer("count")!.dtype);
        using var result = parts.call(ones(1, 3, ScalarType.Float64));
        Assert.Equal(ScalarType.Float64, result.dtype);
        Assert.Throws<ArgumentException>(() => parts.to(ScalarType.Int32));
    }

#if !TORCHSHARP
    // TorchSharp makes new parameters instead, and an optimizer made before keeps the old ones.
    [Fact]
    public void Conversion_keeps_the_parameter_objects_so_an_optimizer_made_before_goes_on()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1);
        using var optimizer = optim.SGD(layer.parameters(), 0.1);
        var weight = layer.weight;
        layer.call(ones(1, 2)).sum().backward();
        layer.to(ScalarType.Float64);
        Assert.Same(weight, layer.weight);
        Assert.Equal(ScalarType.Float64, weight.grad!.dtype);
        var before = layer.weight.clone();
        optimizer.zero_grad();
        layer.call(ones(1, 2, ScalarType.Float64)).sum().backward();
        optimizer.step();
        Assert.True((before - 0.1).allclose(layer.weight));
        Assert.True(layer.weight.is_leaf && layer.weight.requires_grad);
    }

    [Fact]
    public void A_module_prints_as_a_tree()
    {
        using var model = Sequential(("a", Linear(1, 1)), ("b", Sequential(("c", ReLU()))));
        Assert.Equal("Sequential(\n  (a): Linear()\n  (b): Sequential(\n    (c): ReLU()\n  )\n)", model.ToString().ReplaceLineEndings("\n"));
    }
#endif

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Gradients_are_removed_or_set_to_zero(bool remove)
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(2, 1);
        layer.call(ones(1, 2)).sum().backward();
        layer.zero_grad(remove);
        if (remove) Assert.Null(layer.weight.grad);
        else Assert.Equal(0, layer.weight.grad!.abs().sum().item<float>());
    }
}
