using SegLstm.Tests.Torch.Recorded;
using TorchSharp.Modules;
using static SegLstm.Tests.Torch.Recorded.Recording;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Optim;

public class OptimizerTests
{
    private static void Train(Module<Tensor, Tensor> model, optim.Optimizer optimizer, int steps)
    {
        using var scope = NewDisposeScope();
        for (var k = 0; k < steps; k++)
        {
            optimizer.zero_grad();
            model.call(linspace(-1, 1, 6).reshape(2, 3)).pow(2).sum().backward();
            optimizer.step();
        }
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("Adam")]
    [InlineData("AdamW")]
    [InlineData("RMSProp")]
    public void A_restored_optimizer_goes_on_exactly_as_the_saved_one(string name)
    {
        OptimizerHelper Make(Module model) => name switch
        {
            "SGD" => optim.SGD(model.parameters(), 0.1, momentum: 0.9),
            "RMSProp" => optim.RMSProp(model.parameters(), 0.1, momentum: 0.9, centered: true),
            "Adam" => optim.Adam(model.parameters(), 0.1, amsgrad: true),
            _ => optim.AdamW(model.parameters(), 0.1, weight_decay: 0.1),
        };
        using var scope = NewDisposeScope();
        using var model = Linear(3, 2);
        using var optimizer = Make(model);
        Train(model, optimizer, 3);
        foreach (var group in optimizer.ParamGroups) group.LearningRate = 0.03;

        using var copy = Linear(3, 2);
        copy.load_state_dict(model.state_dict());
        using var restored = Make(copy);
        using var stream = new MemoryStream();
        optimizer.save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        restored.load_state_dict(new BinaryReader(stream));

        using var third = Linear(3, 2);
        third.load_state_dict(model.state_dict());
        using var copied = Make(third);
        copied.load_state_dict(optimizer.state_dict());

        Train(model, optimizer, 3);
        Train(copy, restored, 3);
        Train(third, copied, 3);
        Assert.True(model.weight.Equals(copy.weight));
        Assert.True(model.weight.Equals(third.weight));
        Assert.All(optimizer.state_dict().State.Zip(restored.state_dict().State), pair => Assert.True(pair.First.ApproximatelyEquals(pair.Second)));
    }

    [Fact]
    public void A_state_of_another_optimizer_is_refused()
    {
        using var model = Linear(3, 2);
        using var stream = new MemoryStream();
        optim.SGD(model.parameters(), 0.1).save_state_dict(new BinaryWriter(stream));
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => optim.Adam(model.parameters()).load_state_dict(new BinaryReader(stream)));
        stream.Position = 0;
        Assert.Throws<ArgumentException>(() => optim.SGD([model.weight], 0.1).load_state_dict(new BinaryReader(stream)));
    }

    [Fact]
    public void Parameters_without_a_gradient_are_left_alone()
    {
        using var scope = NewDisposeScope();
        var (used, unused) = (Parameter(ones(1)), Parameter(ones(1)));
        using var optimizer = optim.AdamW([used, unused], 0.1, weight_decay: 0.5);
        used.sum().backward();
        optimizer.step();
        Assert.NotEqual(1, used.item<float>());
        Assert.Equal(1, unused.item<float>());
    }

    [Fact]
    public void The_closures_loss_is_returned_and_its_gradients_are_used()
    {
        using var scope = NewDisposeScope();
        var p = Parameter(full(1, 3.0, ScalarType.Float64));
        using var optimizer = optim.SGD([p], 0.5);
        var loss = optimizer.step(() =>
        {
            optimizer.zero_grad();
            var value = p.pow(2).sum();
            value.backward();
            return value;
        });
        Assert.Equal(9, loss!.item<double>());
        Assert.Equal(0, p.item<double>());
        Assert.True(p.requires_grad);
    }

    [Fact]
    public void A_groups_learning_rate_can_be_changed_between_steps()
    {
        using var scope = NewDisposeScope();
        var p = Parameter(zeros(1, ScalarType.Float64));
        using var optimizer = optim.SGD([p], 1);
        foreach (var rate in new[] { 1, 0.1 })
        {
            optimizer.ParamGroups.Single().LearningRate = rate;
            optimizer.zero_grad();
            p.sum().backward();
            optimizer.step();
        }
        Assert.Equal(-1.1, p.item<double>(), 12);
        Assert.Equal(1, optimizer.ParamGroups.Single().InitialLearningRate);
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        using var p = Parameter(zeros(1));
        Assert.Throws<ArgumentException>(() => optim.SGD([p], -1));
        Assert.Throws<ArgumentException>(() => optim.SGD([p], 0.1, nesterov: true));
        Assert.Throws<ArgumentException>(() => optim.Adam([p], beta1: 1.0));
#if !TORCHSHARP
        Assert.Throws<ArgumentException>(() => optim.AdamW([p, p]));
#endif
    }

    [Theory]
    [InlineData("two", 2)]
    [InlineData("infinity", double.PositiveInfinity)]
    public void Gradients_are_clipped_by_their_common_norm_as_in_PyTorch(string name, double normType)
    {
        using var scope = NewDisposeScope();
        var (p, q, none) = (Parameter(zeros(3, ScalarType.Float64)), Parameter(zeros(2, 2, ScalarType.Float64)), Parameter(zeros(1)));
        (p.grad, q.grad) = (Ramp([3]), Ramp([2, 2], 0, 3));
        var norm = nn.utils.clip_grad_norm_([p, none, q], 1.5, normType);
        Near(Read<double[]>("clipping")[name], [norm, .. p.grad!.data<double>().ToArray(), .. q.grad!.view(-1).data<double>().ToArray()], 1e-12);
        Assert.Equal(1.5, nn.utils.clip_grad_norm_([p, none, q], 100, normType), 5);
    }

    [Fact]
    public void Gradients_are_clipped_by_value()
    {
        using var scope = NewDisposeScope();
        var p = Parameter(zeros(3));
        p.grad = tensor(new float[] { -3, 0.5f, 2 });
        nn.utils.clip_grad_value_([p], 1);
        Assert.Equal([-1f, 0.5f, 1f], p.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Parameters_go_to_a_vector_and_back()
    {
        using var scope = NewDisposeScope();
        using var layer = Linear(3, 2);
        var vector = nn.utils.parameters_to_vector(layer.parameters());
        Assert.Equal([8L], vector.shape);
        nn.utils.vector_to_parameters(vector.detach() * 2, layer.parameters());
        Assert.True((vector.detach() * 2).Equals(nn.utils.parameters_to_vector(layer.parameters()).detach()));
        Assert.Throws<ArgumentException>(() => nn.utils.vector_to_parameters(zeros(9), layer.parameters()));
    }
}
