using SegLstm.Models;
using SegLstm.Models.ResNet;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Models.ResNet;

public sealed class ResNetClassifierTests
{
    public static TheoryData<bool, long, double> Published =>
        new() { { false, 25_557_032, 4.1e9 }, { true, 44_549_160, 7.8e9 } };

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_classifiers_have_the_published_parameters_and_cost(bool deep, long parameters, double multiplyAdds)
    {
        using var scope = NewDisposeScope();
        using var model = new ResNetClassifier(deep ? ResNetConfig.ResNet101 : ResNetConfig.ResNet50, 1000);
        Assert.Equal(parameters, Complexity.CountParameters(model));
        Assert.InRange(model.MultiplyAdds(224, 224) / multiplyAdds, 0.98, 1.02);
    }

    [Fact]
    public void Its_state_is_the_backbones_and_a_linear_layer()
    {
        using var scope = NewDisposeScope();
        var config = new ResNetConfig { Blocks = [1, 1, 1, 1], Width = 2 };
        var (model, backbone) = (new ResNetClassifier(config, 5), new ResNetBackbone(config));
        Assert.Equal(backbone.state_dict().Keys.Order(),
            model.state_dict().Keys.Where(name => !name.StartsWith("fc.", StringComparison.Ordinal)).Order());
        backbone.load_state_dict(model.state_dict());
        model.eval();
        backbone.eval();
        using var no = no_grad();
        var image = randn([2, 3, 40, 48]);
        var logits = model.forward(image);
        Assert.Equal([2, 5], logits.shape);
        var state = model.state_dict();
        var mean = backbone.forward(image)[3].mean([2, 3]);
        Close.Within(logits, mean.matmul(state["fc.weight"].t()) + state["fc.bias"], 1e-5, "logits");
    }
}
