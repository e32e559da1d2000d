using TorchSharp;
using static SegLstm.Tests.Torch.Operators.Operands;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class ShapeTests
{
    private static readonly Dictionary<string, Func<Tensor>> Computed = new()
    {
        ["x.view(4, 6)"] = () => x.view(4, 6),
        ["x.view(-1)"] = () => x.view(-1),
        ["x.reshape(3, -1)"] = () => x.reshape(3, -1),
        ["x.flatten(1)"] = () => x.flatten(1),
        ["x.unflatten(2, (2, 2))"] = () => x.unflatten(2, 2, 2),
        ["x.ravel()"] = () => torch.ravel(x),
        ["x[:1].squeeze()"] = () => x[..1].squeeze(),
        ["x[:1].squeeze(0)"] = () => x[..1].squeeze(0),
        ["x[:1].squeeze(1)"] = () => x[..1].squeeze(1),
        ["x.unsqueeze(-1)"] = () => x.unsqueeze(-1),
        ["x[:, :1].expand(2, 5, 4)"] = () => x[.., ..1].expand(2, 5, 4),
        ["x[:, :1].expand_as(x)"] = () => x[.., ..1].expand_as(x),
        ["torch.broadcast_to(v, (2, 6))"] = () => torch.broadcast_to(v, 2, 6),
        ["torch.atleast_3d(v)"] = () => v.atleast_3d(),
        ["x.as_strided((2, 2), (1, 3), 2)"] = () => x.as_strided([2, 2], [1, 3], 2),
        ["v.unfold(0, 3, 2)"] = () => v.unfold(0, 3, 2),
        ["x[0].t()"] = () => x[0].t(),
        ["x[0].T"] = () => x[0].T,
        ["x.mT"] = () => x.mT,
        ["x.transpose(0, 2)"] = () => x.transpose(0, 2),
        ["x.swapaxes(1, 2)"] = () => x.swapaxes(1, 2),
        ["x.permute(2, 0, 1)"] = () => x.permute(2, 0, 1),
        ["x.movedim((0, 1), (2, 0))"] = () => x.movedim([0, 1], [2, 0]),
        ["torch.movedim(x, 0, -1)"] = () => torch.movedim(x, 0, -1),
        ["x.flip(0, 2)"] = () => x.flip(0, 2),
        ["x.fliplr()"] = () => x.fliplr(),
        ["x.flipud()"] = () => torch.flipud(x),
        ["x.rot90()"] = () => x.rot90(),
        ["x.rot90(3, (1, 2))"] = () => x.rot90(3, (1, 2)),
        ["x.roll(5)"] = () => x.roll(5),
        ["x.roll(1, 1)"] = () => x.roll(1, 1),
        ["x.roll((1, -1), (0, 2))"] = () => x.roll((1, -1), (0, 2)),
        ["v.repeat(2, 3)"] = () => v.repeat(2, 3),
        ["v.repeat_interleave(2)"] = () => v.repeat_interleave(2),
        ["x.repeat_interleave(torch.tensor([1, 0, 2]), 1)"] = () => x.repeat_interleave(torch.tensor(new long[] { 1, 0, 2 }), 1),
        ["v.tile((2,))"] = () => v.tile([2]),
        ["x.split(2, 1)[1]"] = () => x.split(2, 1)[1],
        ["x.split([1, 3], 2)[1]"] = () => x.split([1, 3], 2)[1],
        ["v.chunk(4)[2]"] = () => v.chunk(4)[2],
        ["v.tensor_split(4)[1]"] = () => v.tensor_split(4)[1],
        ["v.tensor_split((1, 4))[1]"] = () => v.tensor_split([1, 4])[1],
        ["x.hsplit(3)[2]"] = () => x.hsplit(3)[2],
        ["x.vsplit(2)[1]"] = () => x.vsplit(2)[1],
        ["x.dsplit(2)[1]"] = () => x.dsplit(2)[1],
        ["x.unbind(1)[2]"] = () => x.unbind(1)[2],
        ["torch.cat((x, y), 1)"] = () => torch.cat([x, y], 1),
        ["torch.cat([v, i.flatten()])"] = () => torch.cat([v, i.flatten()]),
        ["torch.stack((x, y), -1)"] = () => torch.stack([x, y], -1),
        ["torch.hstack((x, y))"] = () => torch.hstack([x, y]),
        ["torch.vstack((v, v))"] = () => torch.vstack([v, v]),
        ["torch.dstack((v, v))"] = () => torch.dstack(v, v),
        ["torch.column_stack((v, v))"] = () => torch.column_stack(v, v),
        ["torch.block_diag(A, m)"] = () => torch.block_diag(A, m),
        ["torch.meshgrid(v, v[:2], indexing='xy')[0]"] = () => torch.meshgrid([v, v[..2]], "xy")[0],
        ["torch.meshgrid(v, v[:2], indexing='ij')[1]"] = () => torch.meshgrid([v, v[..2]])[1],
        ["torch.cartesian_prod(v, v[:2])"] = () => torch.cartesian_prod(v, v[..2]),
        ["torch.combinations(v)"] = () => torch.combinations(v),
        ["torch.broadcast_tensors(v, x[:, :1, :1])[0]"] = () => torch.broadcast_tensors(v, x[.., ..1, ..1])[0],
        ["x.tril(1)"] = () => x.tril(1),
        ["x.triu(-1)"] = () => torch.triu(x, -1),
        ["torch.tril_indices(3, 4, -1)"] = () => torch.tril_indices(3, 4, -1),
        ["torch.triu_indices(3, 4)"] = () => torch.triu_indices(3, 4),
        ["v.diag()"] = () => v.diag(),
        ["x[0].diag(1)"] = () => x[0].diag(1),
        ["v.diagflat(1)"] = () => v.diagflat(1),
        ["x.diag_embed()"] = () => x.diag_embed(),
        ["x.diagonal(0, 1, 2)"] = () => x.diagonal(0, 1, 2),
        ["torch.vander(v, 3)"] = () => v.vander(3),
        ["torch.nn.functional.channel_shuffle(x.reshape(1, 4, 3, 2), 2)"] = () => x.reshape(1, 4, 3, 2).channel_shuffle(2),
        ["torch.zeros_like(i)"] = () => i.zeros_like(),
        ["torch.full_like(x, 3)"] = () => torch.full_like(x, 3),
        ["x.new_full((2, 2), 7)"] = () => x.new_full(2, 2, 7),
        ["torch.hann_window(5)"] = () => torch.hann_window(5),
        ["torch.kaiser_window(5, False, beta=3.)"] = () => torch.kaiser_window(5, false, 3f),
    };

    public static TheoryData<string> Expressions => [.. Computed.Keys];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_gives_what_PyTorch_gives(string expression) => Recording.Check("Shape", expression, Computed[expression]);

    [Fact]
    public void Every_recorded_expression_is_computed() => Assert.Equal(Recording.Expressions("Shape"), Computed.Keys.Order());
}
