using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

public class StateTests
{
    private static Dictionary<string, Tensor> StateOf(Module module)
    {
        using var noGradient = no_grad();
        return module.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value.clone());
    }

    [Fact]
    public void A_loaded_state_is_copied_and_converted()
    {
        using var scope = NewDisposeScope();
        using var source = new Parts();
        using var target = new Parts();
        using (no_grad()) source.get_parameter("scale_of_all")!.fill_(5);
        var state = StateOf(source);
        state["offset"] = full(2, 3.0, ScalarType.Float64);
        var (missing, unexpected) = target.load_state_dict(state);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
        Assert.Equal(5, target.get_parameter("scale_of_all")!.item<float>());
        Assert.Equal([3f, 3f], target.get_buffer("offset")!.data<float>().ToArray());
        Assert.True(target.get_parameter("scale_of_all")!.requires_grad);
    }

    [Fact]
    public void Names_that_one_side_lacks_are_refused_or_returned()
    {
        using var scope = NewDisposeScope();
        using var parts = new Parts();
        var state = StateOf(parts);
        state.Remove("offset");
        state["extra"] = zeros(1);
        Assert.Throws<InvalidOperationException>(() => parts.load_state_dict(state));
        var (missing, unexpected) = parts.load_state_dict(state, strict: false);
        Assert.Equal(["offset"], missing);
        Assert.Equal(["extra"], unexpected);
        (missing, unexpected) = parts.load_state_dict(state, strict: true, skip: ["offset", "extra"]);
        Assert.Empty(missing);
        Assert.Empty(unexpected);
    }

#if !TORCHSHARP
    [Fact]
    public void The_refusal_lists_the_names()
    {
        using var scope = NewDisposeScope();
        using var parts = new Parts();
        var state = StateOf(parts);
        state.Remove("offset");
        state["extra"] = zeros(1);
        var error = Assert.Throws<InvalidOperationException>(() => parts.load_state_dict(state));
        Assert.Contains("Missing: offset. Unexpected: extra.", error.Message);
        state["projection.bias"] = zeros(7);
        error = Assert.Throws<InvalidOperationException>(() => parts.load_state_dict(state));
        Assert.Contains("Missing: offset. Unexpected: extra. Of another shape: 'projection.bias' of Parts has shape (2)",
            error.Message);
    }

    // TorchSharp broadcasts where it can.
    [Fact]
    public void Another_shape_is_refused_by_name_and_nothing_is_changed()
    {
        using var scope = NewDisposeScope();
        using var parts = new Parts();
        var state = StateOf(parts);
        state["scale_of_all"] = full(1, 9.0f);
        state["projection.weight"] = zeros(1, 3);
        var error = Assert.Throws<InvalidOperationException>(() => parts.load_state_dict(state));
        Assert.Contains("'projection.weight' of Parts has shape (2, 3), but the state holds (1, 3)", error.Message);
        Assert.Equal(2, parts.get_parameter("scale_of_all")!.item<float>());
    }
#endif
}
