using TorchSharp;
using static SegLstm.Tests.Torch.Operators.Operands;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class ReductionTests
{
    private static readonly Dictionary<string, Func<Tensor>> Computed = new()
    {
        ["x.sum()"] = () => x.sum(),
        ["x.sum(1)"] = () => x.sum(1),
        ["x.sum(-1, keepdim=True)"] = () => x.sum(-1, keepdim: true),
        ["x.sum((0, 2))"] = () => x.sum(0, 2),
        ["x.sum((0, 1, 2))"] = () => x.sum(0, 1, 2),
        ["i.sum()"] = () => i.sum(),
        ["b.sum()"] = () => b.sum(),
        ["x.sum(1, dtype=torch.float64)"] = () => x.sum(1, type: ScalarType.Float64),
        ["n.nansum()"] = () => n.nansum(),
        ["p.prod()"] = () => p.prod(),
        ["p.prod(2)"] = () => p.prod(2),
        ["x.mean()"] = () => x.mean(),
        ["x.mean((0, 2), keepdim=True)"] = () => x.mean([0, 2], true),
        ["n[:2].nanmean()"] = () => n[..2].nanmean(),
        ["x.logsumexp(1)"] = () => x.logsumexp(1),
        ["x[0, :3, :3].trace()"] = () => x[0, ..3, ..3].trace(),
        ["i.count_nonzero()"] = () => i.count_nonzero(),
        ["i.count_nonzero((1,))"] = () => i.count_nonzero([1]),
        ["x.max()"] = () => x.max(),
        ["y.max(1).values"] = () => y.max(1).values,
        ["y.max(1).indices"] = () => y.max(1).indexes,
        ["y.min(2, keepdim=True).values"] = () => y.min(2, true).values,
        ["x.max(y)"] = () => x.max(y),
        ["x.min(y)"] = () => x.min(y),
        ["x.amax((0, 2))"] = () => x.amax([0, 2]),
        ["x.amin((1,), keepdim=True)"] = () => x.amin([1], true),
        ["x.aminmax().max"] = () => x.aminmax().max,
        ["x.aminmax(dim=1).min"] = () => x.aminmax(1).min,
        ["y.argmax()"] = () => y.argmax(),
        ["y.argmax(1)"] = () => y.argmax(1),
        ["y.argmin(2, keepdim=True)"] = () => y.argmin(2, true),
        ["b.all()"] = () => b.all(),
        ["b.any(1)"] = () => b.any(1),
        ["b.all(2, keepdim=True)"] = () => b.all(2, true),
        ["x.median()"] = () => x.median(),
        ["n.nanmedian()"] = () => n.nanmedian(),
        ["x.quantile(torch.tensor([0.25, 0.9]))"] = () => x.quantile(torch.tensor(new[] { 0.25f, 0.9f })),
        ["x.quantile(torch.tensor([0.25]), dim=1, keepdim=True)"] = () => x.quantile(torch.tensor(new[] { 0.25f }), 1, true),
        ["i.mode(1).values"] = () => i.mode(1).values,
        ["y.kthvalue(2, 1).values"] = () => y.kthvalue(2, 1).values,
        ["x.norm()"] = () => x.norm(),
        ["x.norm(1)"] = () => x.norm(1f),
        ["x.norm(2, 1)"] = () => x.norm(1),
        ["torch.dist(x, y, 3)"] = () => x.dist(y, 3),
        ["torch.renorm(x, 2, 1, 1.5)"] = () => x.renorm(2, 1, 1.5f),
        ["torch.cdist(x, y)"] = () => torch.cdist(x, y),
        ["torch.cdist(x, y, 1)"] = () => torch.cdist(x, y, 1),
        ["x.std()"] = () => x.std(),
        ["x.std(unbiased=False)"] = () => x.std(false),
        ["x.std(1)"] = () => x.std(1L),
        ["x.std((0, 2), False, True)"] = () => x.std([0, 2], false, true),
        ["x.var((1, 2))"] = () => x.var((1, 2)),
        ["torch.var_mean(x, 1)[0]"] = () => x.var_mean(1L).var,
        ["torch.var_mean(x, 1)[1]"] = () => torch.var_mean(x, 1L).mean,
        ["torch.std_mean(x)[0]"] = () => x.std_mean().std,
        ["x.cumsum(1)"] = () => x.cumsum(1),
        ["p.cumprod(2)"] = () => p.cumprod(2),
        ["y.cummax(1).values"] = () => y.cummax(1).values,
        ["y.cummin(2).indices"] = () => y.cummin(2).indexes,
        ["x.logcumsumexp(2)"] = () => x.logcumsumexp(2),
        ["y.diff()"] = () => y.diff(),
        ["y.diff(n=2, dim=1)"] = () => y.diff(2, 1),
        ["torch.trapezoid(y, dx=0.5)"] = () => y.trapezoid(0.5),
        ["torch.cumulative_trapezoid(y, p)"] = () => y.cumulative_trapezoid(p),
        ["x[0].cov()"] = () => x[0].cov(),
        ["y[0].corrcoef()"] = () => y[0].corrcoef(),
        ["x.histc(5, -2, 2)"] = () => x.histc(5, -2, 2),
        ["x.histc(4)"] = () => x.histc(4),
        ["j.flatten().bincount()"] = () => j.flatten().bincount(null),
        ["j.flatten().bincount(p.flatten(), 10)"] = () => torch.bincount(j.flatten(), p.flatten(), 10),
        ["y.sort(1).values"] = () => y.sort(1).Values,
        ["y.sort(dim=2, descending=True, stable=True).indices"] = () => y.sort(2, true, true).Indices,
        ["torch.msort(y)"] = () => torch.msort(y),
        ["torch.argsort(v * v)"] = () => (v * v).argsort(),
        ["x.topk(2).values"] = () => x.topk(2).values,
        ["x.topk(2, 1, False).indices"] = () => x.topk(2, 1, false).indexes,
        ["i.unique()"] = () => i.unique().output,
        ["i.unique(return_counts=True)[1]"] = () => i.unique(return_counts: true).counts!,
        ["i.unique(return_inverse=True)[1]"] = () => i.unique(return_inverse: true).inverse_indices!,
        ["torch.unique_consecutive(torch.tensor([1, 1, 2, 2, 1]))"] = () => torch.unique_consecutive(torch.tensor(new long[] { 1, 1, 2, 2, 1 })).output,
        ["torch.searchsorted(v, x)"] = () => torch.searchsorted(v, x),
        ["torch.bucketize(x, v, right=True)"] = () => x.bucketize(v, right: true),
    };

    public static TheoryData<string> Expressions => [.. Computed.Keys];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_gives_what_PyTorch_gives(string expression) => Recording.Check("Reduction", expression, Computed[expression]);

    [Fact]
    public void Every_recorded_expression_is_computed() => Assert.Equal(Recording.Expressions("Reduction"), Computed.Keys.Order());
}
