using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

public class ContainerTests
{
    private sealed class Holder : Module<Tensor, Tensor>
    {
        public readonly ModuleList<Linear> layers = ModuleList(Linear(2, 3), Linear(3, 4));
        public readonly ModuleDict<Module> heads = ModuleDict(("left", Linear(4, 1)), ("right", ReLU()));
        public readonly ParameterList biases = ParameterList(Parameter(zeros(1)), Parameter(zeros(2)));
        public readonly ParameterDict scales = ParameterDict(("one", Parameter(zeros(3))));

        public Holder() : base(nameof(Holder)) => RegisterComponents();

        public override Tensor forward(Tensor input) => layers.Aggregate(input, (x, layer) => layer.call(x));
    }

    [Fact]
    public void Lists_name_by_position_and_dictionaries_by_key()
    {
        using var holder = new Holder();
        Assert.Equal(
            ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias", "heads.left.weight", "heads.left.bias", "biases.0", "biases.1", "scales.one"],
            holder.named_parameters().Select(pair => pair.name));
        Assert.Equal(2, holder.layers.Count);
        Assert.Equal(3, holder.layers[1].in_features);
        Assert.Equal(["left", "right"], holder.heads.keys());
        Assert.Equal([1L, 4L], holder.call(ones(1, 2)).shape);
    }

#if !TORCHSHARP
    // In TorchSharp what is added after the registration has no parameters.
    [Fact]
    public void A_registered_list_goes_on_naming_by_position()
    {
        using var holder = new Holder();
        holder.layers.Add(Linear(4, 5));
        holder.layers.RemoveAt(0);
        holder.biases.Add(Parameter(zeros(7)));
        Assert.Equal([("layers.0.weight", 4L), ("layers.1.weight", 5L)], holder.named_parameters()
            .Where(pair => pair.name.StartsWith("layers") && pair.name.EndsWith("weight")).Select(pair => (pair.name, pair.parameter.shape[0])));
        Assert.Equal([7L], holder.get_parameter("biases.2")!.shape);
    }
#endif

    [Fact]
    public void A_sequence_can_be_sliced_and_extended()
    {
        using var model = Sequential(("a", Linear(2, 3)), ("b", ReLU()), ("c", Linear(3, 1)));
        Assert.Equal(["b", "c"], model[1..].named_children().Select(pair => pair.name));
        Assert.Same(model[0], model[(null, 2)][0]);
        model.append("d", Tanh());
        Assert.Equal(4, model.Count);
        Assert.Equal([5L, 1L], model.call(ones(5, 2)).shape);
    }

    [Fact]
    public void A_sequence_disposes_what_passes_between_its_modules_but_neither_input_nor_output()
    {
        using var input = ones(1, 2);
        using var model = Sequential(ReLU(), Identity(), Tanh());
        Tensor? between = null;
        ((Module<Tensor, Tensor>)model[1]).register_forward_hook((_, _, output) => between = output);
        using var output = model.call(input);
        Assert.True(between!.IsInvalid);
        Assert.False(input.IsInvalid);
        Assert.Equal(Math.Tanh(1), output[0, 0].item<float>(), 6);
    }

    [Fact]
    public void An_empty_sequence_returns_its_input()
    {
        using var input = ones(2);
        using var model = Sequential();
        using var output = model.call(input);
        Assert.Equal([1f, 1f], output.data<float>().ToArray());
    }
}
