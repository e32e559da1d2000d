using TorchSharp;
using static SegLstm.Tests.Torch.Operators.Operands;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class ComparisonTests
{
    private static readonly Dictionary<string, Func<Tensor>> Computed = new()
    {
        ["x == y"] = () => x == y,
        ["x != y"] = () => x != y,
        ["x < y"] = () => x < y,
        ["x <= y"] = () => x <= y,
        ["x > y"] = () => x > y,
        ["x >= y"] = () => x >= y,
        ["i == 2"] = () => i == 2,
        ["i != 2"] = () => i != 2,
        ["x < 0.5"] = () => x < 0.5,
        ["x <= 0.625"] = () => x <= 0.625,
        ["1 > x"] = () => 1 > x,
        ["1 >= x"] = () => 1 >= x,
        ["1 < x"] = () => 1 < x,
        ["1 <= x"] = () => 1 <= x,
        ["torch.eq(i, j)"] = () => torch.eq(i, j),
        ["torch.ne(x, 0.125)"] = () => x.ne(0.125),
        ["torch.isclose(x, x + 1e-6)"] = () => x.isclose(x + 1e-6),
        ["torch.isclose(n, n, equal_nan=True)"] = () => n.isclose(n, nanEqual: true),
        ["torch.isin(i, torch.tensor([1, 4, 7]))"] = () => i.isin(torch.tensor(new long[] { 1, 4, 7 })),
        ["torch.isnan(n)"] = () => n.isnan(),
        ["torch.isinf(n)"] = () => torch.isinf(n),
        ["torch.isfinite(n)"] = () => torch.isfinite(n),
        ["torch.isposinf(n)"] = () => n.isposinf(),
        ["torch.isneginf(n)"] = () => n.isneginf(),
        ["torch.where(b, x, y)"] = () => torch.where(b, x, y),
        ["torch.where(x > y)[1]"] = () => torch.where(x > y)[1],
    };

    public static TheoryData<string> Expressions => [.. Computed.Keys];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_gives_what_PyTorch_gives(string expression) => Recording.Check("Comparison", expression, Computed[expression]);

    [Fact]
    public void Every_recorded_expression_is_computed() => Assert.Equal(Recording.Expressions("Comparison"), Computed.Keys.Order());
}
