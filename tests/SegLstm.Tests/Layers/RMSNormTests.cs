using SegLstm.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Layers;

public sealed class RMSNormTests
{
    [Fact]
    public void Every_token_comes_out_with_root_mean_square_one_whatever_its_scale()
    {
        using var scope = NewDisposeScope();
        var (norm, x) = (new RMSNorm(6), randn([2, 3, 6]));
        var y = norm.forward(x);
        Close.Within(y.square().mean([-1]).sqrt(), ones([2, 3]), 1e-4, "root mean square");
        Close.Within(norm.forward(x * 1000), y, 1e-4, "scaled");
    }

    [Fact]
    public void It_shifts_nothing_and_weighs_each_channel()
    {
        using var scope = NewDisposeScope();
        using var no = no_grad();
        var norm = new RMSNorm(2, eps: 0);
        norm.load_state_dict(new() { ["weight"] = tensor(new[] { 2f, -1f }) });
        Close.Within(norm.forward(tensor(new[] { 3f, 4f })), tensor(new[] { 6f, -4f }) / Math.Sqrt(12.5), 1e-6, "3, 4");
    }
}
