using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace SegLstm.Tests.Torch.Modules;

public class GRUTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Every_step_follows_the_equations(bool bias, bool batchFirst)
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var gru = GRU(3, 5, bias: bias, batchFirst: batchFirst, dtype: ScalarType.Float64);
        var x = randn([2, 4, 3], dtype: ScalarType.Float64);
        var (output, last) = gru.call(batchFirst ? x : x.transpose(0, 1));
        var state = gru.state_dict();
        Tensor Gates(Tensor value, string kind) => functional.linear(
            value, state[$"weight_{kind}_l0"], bias ? state[$"bias_{kind}_l0"] : null);
        var h = zeros([2, 5], dtype: ScalarType.Float64);
        foreach (var token in x.unbind(1))
        {
            var (i, s) = (Gates(token, "ih").chunk(3, 1), Gates(h, "hh").chunk(3, 1));
            var (reset, update) = ((i[0] + s[0]).sigmoid(), (i[1] + s[1]).sigmoid());
            var fresh = (i[2] + (reset * s[2])).tanh();
            h = ((1 - update) * fresh) + (update * h);
        }

        Assert.True((last[0] - h).abs().max().item<double>() < 1e-12);
        Assert.Equal(batchFirst ? [2, 4, 5] : [4, 2, 5], output.shape);
        Assert.True((output.select(batchFirst ? 1 : 0, 3) - h).abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void Layers_and_directions_have_PyTorchs_names_and_shapes_and_all_get_gradients()
    {
        using var scope = NewDisposeScope();
        var gru = GRU(3, 4, numLayers: 2, bidirectional: true);
        var (output, last) = gru.call(randn(6, 2, 3));
        Assert.Equal([6, 2, 8], output.shape);
        Assert.Equal([4, 2, 4], last.shape);
        Assert.Equal([12, 8], gru.state_dict()["weight_ih_l1_reverse"].shape);
        Assert.Equal(16, gru.parameters().Count());
        output.sum().backward();
        Assert.All(gru.named_parameters(), pair => Assert.True(pair.parameter.grad!.abs().max().item<float>() > 0, pair.name));
    }

    [Fact]
    public void A_state_goes_on_where_another_ended()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var gru = GRU(2, 3, dtype: ScalarType.Float64);
        var x = randn([5, 1, 2], dtype: ScalarType.Float64);
        var (_, half) = gru.call(x.narrow(0, 0, 2));
        var (_, rest) = gru.call(x.narrow(0, 2, 3), half);
        var (_, whole) = gru.call(x);
        Assert.True((rest - whole).abs().max().item<double>() < 1e-12);
    }

    [Fact]
    public void Sequences_of_other_rank_and_empty_sizes_are_refused()
    {
        Assert.Contains("(5, 2)", Assert.Throws<ArgumentException>(() => GRU(2, 3).call(zeros(5, 2))).Message);
        Assert.Contains("hidden 0", Assert.Throws<ArgumentException>(() => GRU(2, 0)).Message);
    }
}
