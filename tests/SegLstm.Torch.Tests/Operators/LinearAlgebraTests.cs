using TorchSharp;
using static SegLstm.Tests.Torch.Operators.Operands;
using static TorchSharp.torch;

namespace SegLstm.Tests.Torch.Operators;

public class LinearAlgebraTests
{
    private static readonly Dictionary<string, Func<Tensor>> Computed = new()
    {
        ["A @ B"] = () => A.matmul(B),
        ["torch.mm(A, B)"] = () => torch.mm(A, B),
        ["torch.bmm(x, y.transpose(1, 2))"] = () => torch.bmm(x, y.transpose(1, 2)),
        ["torch.mv(A, A[0])"] = () => A.mv(A[0]),
        ["torch.dot(v, v)"] = () => torch.dot(v, v),
        ["torch.vdot(v, v)"] = () => v.vdot(v),
        ["torch.inner(x, y)"] = () => x.inner(y),
        ["torch.outer(v, v[:2])"] = () => v.outer(v[..2]),
        ["torch.kron(A, B)"] = () => A.kron(B),
        ["torch.addmm(m[:, :2], A, B, beta=0.5, alpha=2)"] = () => m[.., ..2].addmm(A, B, 0.5f, 2),
        ["torch.addmv(m[0], m, m[1], beta=0.5)"] = () => m[0].addmv(m, m[1], 0.5f),
        ["torch.addr(m, m[0], m[1])"] = () => m.addr(m[0], m[1]),
        ["torch.addbmm(x[0][:, :3], x, y.transpose(1, 2))"] = () => x[0][.., ..3].addbmm(x, y.transpose(1, 2)),
        ["torch.baddbmm(x[..., :3], x, y.transpose(1, 2), beta=2)"] = () => torch.baddbmm(x[TensorIndex.Ellipsis, ..3], x, y.transpose(1, 2), 2),
        ["torch.tensordot(x, y, dims=([1, 2], [1, 2]))"] = () => torch.tensordot(x, y, [1, 2], [1, 2]),
        ["torch.tensordot(A, B, dims=1)"] = () => A.tensordot(B, [(1L, 0L)]),
        ["torch.einsum('bij,bkj->bik', x, y)"] = () => torch.einsum("bij,bkj->bik", x, y),
        ["torch.einsum('ii', m)"] = () => torch.einsum("ii", m),
        ["torch.chain_matmul(m, A, B)"] = () => torch.chain_matmul(m, A, B),
        ["torch.matrix_power(m, 3)"] = () => m.matrix_power(3),
        ["torch.matrix_exp(m / 10)"] = () => (m / 10).matrix_exp(),
        ["torch.det(m)"] = () => m.det(),
        ["torch.logdet(m)"] = () => torch.logdet(m),
        ["torch.inverse(m)"] = () => m.inverse(),
        ["torch.pinverse(A)"] = () => A.pinverse(),
        ["torch.cholesky_inverse(torch.linalg.cholesky(m))"] = () => torch.linalg.cholesky(m).cholesky_inverse(),
        ["torch.linalg.cholesky(m)"] = () => torch.linalg.cholesky(m),
        ["torch.linalg.inv(m)"] = () => torch.linalg.inv(m),
        ["torch.linalg.solve(m, A)"] = () => torch.linalg.solve(m, A),
        ["torch.linalg.norm(A)"] = () => torch.linalg.norm(A),
        ["torch.linalg.norm(A, 1)"] = () => torch.linalg.norm(A, 1),
        ["torch.linalg.norm(A, 'nuc')"] = () => torch.linalg.norm(A, "nuc"),
        ["torch.linalg.vector_norm(x, 3, dim=(0, 2))"] = () => torch.linalg.vector_norm(x, 3, [0, 2]),
        ["torch.linalg.matrix_norm(x)"] = () => torch.linalg.matrix_norm(x),
        ["torch.linalg.svdvals(A)"] = () => torch.linalg.svdvals(A),
        ["torch.linalg.eigvalsh(m)"] = () => torch.linalg.eigvalsh(m),
        ["torch.linalg.eigh(m)[0]"] = () => torch.linalg.eigh(m).Item1,
        ["torch.linalg.qr(A)[1].abs()"] = () => torch.linalg.qr(A).R.abs(),
        ["torch.linalg.matrix_rank(m)"] = () => torch.linalg.matrix_rank(m),
        ["torch.linalg.multi_dot((m, A, B))"] = () => torch.linalg.multi_dot([m, A, B]),
        ["torch.linalg.cross(m, m.flip(0))"] = () => torch.linalg.cross(m, m.flip(0)),
        ["torch.linalg.slogdet(m)[1]"] = () => torch.linalg.slogdet(m).Item2,
        ["torch.linalg.solve_triangular(m.triu(), A, upper=True)"] = () => torch.linalg.solve_triangular(m.triu(), A, upper: true),
    };

    public static TheoryData<string> Expressions => [.. Computed.Keys];

    [Theory]
    [MemberData(nameof(Expressions))]
    public void An_expression_gives_what_PyTorch_gives(string expression) => Recording.Check("LinearAlgebra", expression, Computed[expression]);

    [Fact]
    public void Every_recorded_expression_is_computed() => Assert.Equal(Recording.Expressions("LinearAlgebra"), Computed.Keys.Order());
}
