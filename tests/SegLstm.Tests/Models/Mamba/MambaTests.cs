using SegLstm.Models;
using SegLstm.Models.Mamba;
using TorchSharp;
using static TorchSharp.torch;
using MambaBlock = SegLstm.Models.Mamba.Mamba;

namespace SegLstm.Tests.Models.Mamba;

public sealed class MambaTests
{
    private static readonly MambaConfig Tiny = new() { Dim = 6, StateSize = 3 };

    [Fact]
    public void Names_and_sizes_are_those_of_the_official_block()
    {
        using var scope = NewDisposeScope();
        var state = new MambaBlock(new MambaConfig { Dim = 40 }).state_dict();
        var expected = new Dictionary<string, long[]>
        {
            ["A_log"] = [80, 16],
            ["D"] = [80],
            ["in_proj.weight"] = [160, 40],
            ["conv1d.weight"] = [80, 1, 4],
            ["conv1d.bias"] = [80],
            ["x_proj.weight"] = [3 + 32, 80],
            ["dt_proj.weight"] = [80, 3],
            ["dt_proj.bias"] = [80],
            ["out_proj.weight"] = [40, 80],
        };
        Assert.Equal(expected.Keys.Order(), state.Keys.Order());
        Assert.All(expected, entry => Assert.Equal(entry.Value, state[entry.Key].shape));
    }

    [Theory]
    [InlineData(4, false, true, null)]
    [InlineData(1, true, false, 5L)]
    public void Token_by_token_equals_the_whole_sequence(long kernel, bool bias, bool convBias, long? rank)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var block = Make(Tiny with { ConvKernelSize = kernel, Bias = bias, ConvBias = convBias, StepRank = rank });
        block.to(ScalarType.Float64);
        var x = randn([2, 7, 6], dtype: ScalarType.Float64);
        var state = MambaState.Empty(block.Config, 2, ScalarType.Float64);
        var outputs = new List<Tensor>();
        foreach (var token in x.unbind(1))
        {
            (var y, state) = block.Step(token, state);
            outputs.Add(y);
        }

        Close.Within(stack(outputs, 1), block.forward(x), 1e-12, "steps");
        Assert.Equal([2, 12, kernel], state.Convolution.shape);
        Assert.Equal([2, 12, 3], state.Scan.shape);
    }

    [Fact]
    public void A_token_sees_the_past_only()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var block = Make(Tiny);
        var x = randn([1, 9, 6]);
        var changed = x.clone();
        changed.narrow(1, 5, 4).add_(1);
        Close.Within(block.forward(changed).narrow(1, 0, 5), block.forward(x).narrow(1, 0, 5), 1e-6, "before the change");
        Assert.True(Close.Error(block.forward(changed).narrow(1, 5, 4), block.forward(x).narrow(1, 5, 4)) > 1e-3);
    }

    [Fact]
    public void Gradients_agree_with_central_differences()
    {
        var block = Make(Tiny);
        block.to(ScalarType.Float64);
        var x = randn([2, 5, 6], dtype: ScalarType.Float64).requires_grad_();
        var weight = randn([2, 5, 6], dtype: ScalarType.Float64);
        GradientCheck.Run(
            () => (block.forward(x) * weight).sum(),
            block.named_parameters().Select(p => (p.name, (Tensor)p.parameter)).Append(("x", x)),
            samples: 4);
    }

    [Fact]
    public void Step_sizes_start_spread_over_two_powers_of_ten_and_states_at_rates_one_to_n()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        manual_seed(2);
        var state = new MambaBlock(new MambaConfig { Dim = 320, StateSize = 5 }).state_dict();
        var steps = nn.functional.softplus(state["dt_proj.bias"]).log10();
        Assert.InRange(steps.min().item<float>(), -3.001, -2.95);
        Assert.InRange(steps.max().item<float>(), -1.05, -0.999);
        Assert.InRange(steps.mean().item<float>(), -2.1, -1.9);
        var bound = 1 / Math.Sqrt(320 / 16);
        Assert.InRange(state["dt_proj.weight"].abs().max().item<float>(), 0.98 * bound, bound * (1 + 1e-6));
        Close.Within(
            state["A_log"].exp(), arange(1, 6, dtype: ScalarType.Float32).expand(640, 5), 1e-6, "A = -1 .. -5");
        Assert.Equal(0, Close.Error(state["D"], ones([640])));
    }

    [Fact]
    public void Multiply_adds_are_projections_scan_and_gates()
    {
        const double d = 192, e = 384, rank = 12, n = 16, tokens = 197;
        var each = (3 * d * e) + (e * (4 + (2 * rank) + (2 * n))) + (9 * e * n) + (4 * e);
        var block = new MambaBlock(new MambaConfig { Dim = 192 });
        Assert.Equal(tokens * each, block.MultiplyAdds(197));
        Assert.Equal(
            (3 * d * e) + (e * (5 + rank + (2 * n) + rank + 1 + n + 1)), Complexity.CountParameters(block));
    }

    [Fact]
    public void Bad_configurations_and_tokens_are_refused_in_words()
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentException>(
            () => new MambaBlock(new MambaConfig { Dim = 0, StateSize = -1, ConvKernelSize = 0, Expansion = 0, StepRank = 0 }));
        foreach (var part in new[] { "Dim", "StateSize", "got -1", "ConvKernelSize", "Expansion", "StepRank" })
        {
            Assert.Contains(part, error.Message);
        }

        var block = new MambaBlock(Tiny);
        Assert.Contains("(B, L, 6)", Assert.Throws<ArgumentException>(() => block.forward(randn([2, 6, 5]))).Message);
        Assert.Contains("(2, 0, 6)", Assert.Throws<ArgumentException>(() => block.forward(zeros([2, 0, 6]))).Message);
    }

    private static MambaBlock Make(MambaConfig config)
    {
        manual_seed(7);
        var block = new MambaBlock(config);
        using var no = no_grad();
        foreach (var parameter in block.parameters())
        {
            parameter.add_(randn(parameter.shape) * 0.3);
        }

        return block;
    }
}
