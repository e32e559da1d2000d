using TorchSharp;
using static SegLstm.Tests.Torch.Operators.Operands;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class InPlaceTests
{
    private static readonly Dictionary<string, (Func<Tensor, Tensor> InPlace, Func<Tensor, Tensor> Pure)> Pairs = new()
    {
        ["abs"] = (t => t.abs_(), t => t.abs()),
        ["add scaled"] = (t => t.add_(y, 2), t => t.add(y, 2)),
        ["add number"] = (t => t.add_(3), t => t.add(3)),
        ["sub"] = (t => t.sub_(y), t => t.sub(y)),
        ["mul"] = (t => t.mul_(y), t => t.mul(y)),
        ["mul number"] = (t => t.mul_(0.5), t => t.mul(0.5)),
        ["div"] = (t => t.div_(p), t => t.div(p)),
        ["div floor"] = (t => t.div_(0.7, RoundingMode.floor), t => t.div(0.7, RoundingMode.floor)),
        ["pow"] = (t => t.pow_(2), t => t.pow(2)),
        ["remainder"] = (t => t.remainder_(0.75), t => t.remainder(0.75)),
        ["fmod"] = (t => t.fmod_(0.75), t => t.fmod(0.75)),
        ["exp"] = (t => t.exp_(), t => t.exp()),
        ["sigmoid"] = (t => t.sigmoid_(), t => t.sigmoid()),
        ["tanh"] = (t => t.tanh_(), t => t.tanh()),
        ["relu"] = (t => t.relu_(), t => t.relu()),
        ["leaky_relu"] = (t => t.leaky_relu_(0.1), t => t.leaky_relu(0.1)),
        ["silu"] = (t => t.silu_(), t => t.silu()),
        ["clamp"] = (t => t.clamp_(-1, 1), t => t.clamp(-1, 1)),
        ["round"] = (t => t.round_(), t => t.round()),
        ["round to a place"] = (t => t.round_(1), t => t.round(1)),
        ["neg"] = (t => t.neg_(), t => t.neg()),
        ["lerp"] = (t => t.lerp_(y, p / 4), t => t.lerp(y, p / 4)),
        ["addcmul"] = (t => t.addcmul_(y, p, 0.5), t => t.addcmul(y, p, 0.5)),
        ["addcdiv"] = (t => t.addcdiv_(y, p, 0.5), t => t.addcdiv(y, p, 0.5)),
        ["masked_fill"] = (t => t.masked_fill_(b, 7), t => t.masked_fill(b, 7)),
        ["index_fill"] = (t => t.index_fill_(2, k, 7), t => t.index_fill(2, k, 7)),
        ["index_add"] = (t => t.index_add_(2, k, y, 2), t => t.index_add(2, k, y, 2)),
        ["scatter_add"] = (t => t.scatter_add_(1, i.abs() % 3, y), t => t.scatter_add(1, i.abs() % 3, y)),
        ["tril"] = (t => t.tril_(), t => t.tril()),
        ["unsqueeze"] = (t => t.unsqueeze_(1), t => t.unsqueeze(1)),
        ["transpose"] = (t => t.transpose_(0, 2), t => t.transpose(0, 2)),
        ["fill"] = (t => t.fill_(4), t => torch.full_like(t, 4)),
        ["zero"] = (t => t.zero_(), t => torch.zeros_like(t)),
        ["copy"] = (t => t.copy_(y), _ => y),
    };

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void An_operator_in_place_gives_this_tensor_with_the_elements_of_the_pure_one(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        (Func<Tensor, Tensor> inPlace, Func<Tensor, Tensor> pure) = Pairs[name];
        Tensor changed = x.clone();
        Tensor expected = pure(x);
        Assert.Same(changed, inPlace(changed));
        Assert.True(changed.Equals(expected), $"{name}: {changed} is not {expected}");
    }

    [Fact]
    public void A_view_sees_what_is_written_in_place()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor whole = zeros(2, 3);
        whole[1].add_(5);
        whole.t()[0, 0] = tensor(1f);
        Assert.Equal([1f, 0f, 0f, 5f, 5f, 5f], whole.data<float>().ToArray());
    }
}
