using TorchSharp;
using static SegLstm.Tests.Torch.Operators.Operands;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class SelectionTests
{
    private static readonly Dictionary<string, Func<Tensor>> Computed = new()
    {
        ["x[0]"] = () => x[0],
        ["x[-1, 2]"] = () => x[-1, 2],
        ["x[1, 2, 3]"] = () => x[1, 2, 3],
        ["x[0:1]"] = () => x[0..1],
        ["x[:, 1:]"] = () => x[.., 1..],
        ["x[:, :-1, ::2]"] = () => x[.., ..^1, TensorIndex.Slice(null, null, 2)],
        ["x[..., 0]"] = () => x[TensorIndex.Ellipsis, 0],
        ["x[:, None, 1]"] = () => x[TensorIndex.Colon, TensorIndex.None, 1],
        ["x[None]"] = () => x[TensorIndex.Null],
        ["x[True]"] = () => x[TensorIndex.Bool(true)],
        ["x[False]"] = () => x[TensorIndex.Bool(false)],
        ["x[0, True]"] = () => x[0, TensorIndex.Bool(true)],
        ["x[b]"] = () => x[b],
        ["x[:, k[:3] % 3]"] = () => x[TensorIndex.Colon, TensorIndex.Tensor(k[..3] % 3)],
        ["x[:, :, k]"] = () => x[.., .., TensorIndex.Tensor(k)],
        ["x[..., k, None]"] = () => x[TensorIndex.Ellipsis, TensorIndex.Tensor(k), TensorIndex.None],
        ["x[k % 2, :, k]"] = () => x[TensorIndex.Tensor(k % 2), TensorIndex.Colon, TensorIndex.Tensor(k)],
        ["x[k % 2, k % 3]"] = () => x[k % 2, k % 3],
        ["x[0, k % 3, 1:3]"] = () => x[0, TensorIndex.Tensor(k % 3), 1..3],
        ["x[b[:, :, 0]]"] = () => x[b[.., .., 0]],
        ["x[b[:, :, 0], ..., None]"] = () => x[TensorIndex.Tensor(b[.., .., 0]), TensorIndex.Ellipsis, TensorIndex.None],
        ["x[torch.tensor(1)]"] = () => x[torch.tensor(1L)],
        ["x[torch.tensor(True)]"] = () => x[torch.tensor(true)],
        ["x[1:5, 4:]"] = () => x[1..5, 4..],
        ["x[-2:, -3:-1]"] = () => x[^2.., ^3..^1],
        ["x[k[:2].view(2, 1) % 2, k[:3] % 3]"] = () => x[k[..2].view(2, 1) % 2, k[..3] % 3],
        ["x.select(1, 2)"] = () => x.select(1, 2),
        ["x.narrow(2, 1, 2)"] = () => x.narrow(2, 1, 2),
        ["x.index_select(2, k)"] = () => x.index_select(2, k),
        ["x.gather(2, i.abs() % 4)"] = () => x.gather(2, i.abs() % 4),
        ["x.take(k)"] = () => x.take(k),
        ["torch.take_along_dim(x, y.argsort(1), 1)"] = () => x.take_along_dim(y.argsort(1), 1),
        ["x.masked_select(b)"] = () => x.masked_select(b),
        ["i.nonzero()"] = () => i.nonzero(),
        ["torch.argwhere(i)"] = () => torch.argwhere(i),
        ["x.masked_fill(b, -9)"] = () => x.masked_fill(b, -9),
        ["x.masked_scatter(b, y)"] = () => x.masked_scatter(b, y),
        ["x.scatter(2, i.abs() % 4, y)"] = () => x.scatter(2, i.abs() % 4, y),
        ["x.scatter_add(1, i.abs() % 3, y)"] = () => x.scatter_add(1, i.abs() % 3, y),
        ["x.index_add(2, k, y, alpha=2)"] = () => x.index_add(2, k, y, 2),
        ["x.index_copy(2, k[:3], y[..., :3])"] = () => x.index_copy(2, k[..3], y[TensorIndex.Ellipsis, ..3]),
        ["x.index_fill(1, k[:2], 5)"] = () => x.index_fill(1, k[..2], 5),
        ["torch.select_scatter(x, y[:, 0], 1, 2)"] = () => x.select_scatter(y[.., 0], 1, 2),
        ["torch.diagonal_scatter(x[0, :3, :3], v[:3])"] = () => x[0, ..3, ..3].diagonal_scatter(v[..3]),
    };

    public static TheoryData<string> Expressions => [.. Computed.Keys];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_gives_what_PyTorch_gives(string expression) => Recording.Check("Selection", expression, Computed[expression]);

    [Fact]
    public void Every_recorded_expression_is_computed() => Assert.Equal(Recording.Expressions("Selection"), Computed.Keys.Order());
}
