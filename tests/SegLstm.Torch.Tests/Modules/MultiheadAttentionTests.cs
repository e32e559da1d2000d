using SegLstm.Tests.Torch.Recorded;
using TorchSharp;
using TorchSharp.Modules;
using static SegLstm.Tests.Torch.Recorded.Recording;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

public class MultiheadAttentionTests
{
    private static readonly Dictionary<string, (Func<MultiheadAttention> Make, long Keys, long Values)> s_layers = new()
    {
        ["plain"] = (() => MultiheadAttention(4, 2), 4, 4),
        ["without_bias"] = (() => MultiheadAttention(4, 4, bias: false), 4, 4),
        ["other_dims"] = (() => MultiheadAttention(4, 2, kdim: 3, vdim: 6), 3, 6),
        ["masked"] = (() => MultiheadAttention(4, 2), 4, 4),
        ["added_mask"] = (() => MultiheadAttention(4, 2), 4, 4),
        ["extra_keys"] = (() => MultiheadAttention(4, 2, add_bias_kv: true, add_zero_attn: true), 4, 4),
    };

    public static TheoryData<string> Recorded => Names<Case>("attention");

    [Theory]
    [MemberData(nameof(Recorded))]
    public void Output_weights_and_gradient_are_PyTorchs(string name)
    {
        var (make, keys, values) = s_layers[name];
        using var layer = make();
        layer.to(ScalarType.Float64);
        using (no_grad())
            foreach (var (k, parameter) in layer.parameters().Index())
                parameter.copy_(Ramp(parameter.shape, -0.5 + 0.1 * k, 0.6));
        var causal = ones(3, 5).triu(2).to_type(ScalarType.Bool);
        var padding = tensor(new[,] { { false, false, false, false, true }, { false, false, false, false, false } });
        var (mask, skip) = name switch
        {
            "masked" or "extra_keys" => (causal, padding),
            "added_mask" => (Ramp([4, 3, 5]), null),
            _ => (null, (Tensor?)null),
        };
        Check(Read<Case>("attention")[name], x =>
        {
            var (output, weights) = layer.call(x, Ramp([5, 2, keys]), Ramp([5, 2, values], -2), skip, true, mask);
            return cat([output.reshape(-1), weights.reshape(-1)]);
        });
    }

    [Fact]
    public void Every_case_listed_here_is_recorded() => Assert.Equal(Read<Case>("attention").Keys.Order(), s_layers.Keys.Order());

    [Fact]
    public void The_parameters_have_PyTorchs_names()
    {
        using var layer = MultiheadAttention(4, 2, add_bias_kv: true);
        Assert.Equal(["in_proj_weight", "in_proj_bias", "bias_k", "bias_v", "out_proj.weight", "out_proj.bias"], layer.named_parameters().Select(pair => pair.name));
    }
}
