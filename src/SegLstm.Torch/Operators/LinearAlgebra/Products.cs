using SegLstm.Torch;

namespace TorchSharp;

// Products of matrices and vectors.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The matrix product, of vectors, matrices or batches of matrices.</summary>
        public Tensor matmul(Tensor target) => matmul_op.Invoke(this, target);

        /// <summary>The product of two matrices, (n, m) and (m, p).</summary>
        public Tensor mm(Tensor target) => mm_op.Invoke(this, target);

        /// <summary>The products of two batches of matrices, (b, n, m) and (b, m, p).</summary>
        public Tensor bmm(Tensor batch2) => bmm_op.Invoke(this, batch2);

        /// <summary>The product of a matrix and a vector.</summary>
        public Tensor mv(Tensor target) => mv_op.Invoke(this, target);

        /// <summary>The sum of the products of two vectors.</summary>
        public Tensor dot(Tensor target) => dot_op.Invoke(this, target);

        /// <summary>The dot product with the conjugate of this vector.</summary>
        public Tensor vdot(Tensor target) => vdot_op.Invoke(this, target);

        /// <summary>The dot product over the last dimensions.</summary>
        public Tensor inner(Tensor vec2) => inner_op.Invoke(this, vec2);

        /// <summary>The outer product of two vectors.</summary>
        public Tensor outer(Tensor vec2) => outer_op.Invoke(this, vec2);

        /// <summary>The outer product of two vectors.</summary>
        public Tensor ger(Tensor vec2) => outer(vec2);

        /// <summary>The Kronecker product.</summary>
        public Tensor kron(Tensor other) => kron_op.Invoke(this, other);

        /// <summary>beta times this plus alpha times the product of two matrices.</summary>
        public Tensor addmm(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f) => addmm_op.Invoke(this, mat1, mat2, beta, alpha);

        /// <summary>In place: beta times this plus alpha times the product of two matrices.</summary>
        public Tensor addmm_(Tensor mat1, Tensor mat2, float beta = 1f, float alpha = 1f)
        {
            addmm_inplace_op.InvokeVoid(this, mat1, mat2, beta, alpha);
            return this;
        }

        /// <summary>beta times this plus alpha times the product of a matrix and a vector.</summary>
        public Tensor addmv(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f) => addmv_op.Invoke(this, mat, vec, beta, alpha);

        /// <summary>In place: beta times this plus alpha times the product of a matrix and a vector.</summary>
        public Tensor addmv_(Tensor mat, Tensor vec, float beta = 1f, float alpha = 1f)
        {
            addmv_inplace_op.InvokeVoid(this, mat, vec, beta, alpha);
            return this;
        }

        /// <summary>beta times this plus alpha times the outer product of two vectors.</summary>
        public Tensor addr(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => addr_op.Invoke(this, vec1, vec2, beta, alpha);

        /// <summary>In place: beta times this plus alpha times the outer product of two vectors.</summary>
        public Tensor addr_(Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f)
        {
            addr_inplace_op.InvokeVoid(this, vec1, vec2, beta, alpha);
            return this;
        }

        /// <summary>beta times this plus alpha times the sum of the products of two batches of matrices.</summary>
        public Tensor addbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f) => addbmm_op.Invoke(this, batch1, batch2, beta, alpha);

        /// <summary>In place: beta times this plus alpha times the sum of the products of two batches of matrices.</summary>
        public Tensor addbmm_(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f)
        {
            addbmm_inplace_op.InvokeVoid(this, batch1, batch2, beta, alpha);
            return this;
        }

        /// <summary>beta times this plus alpha times the products of two batches of matrices.</summary>
        public Tensor baddbmm(Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f)
            => baddbmm_op.Invoke(this, batch1, batch2, beta, alpha);

        /// <summary>The contraction of two tensors over the given dimensions.</summary>
        public Tensor tensordot(Tensor b, long[] dims1, long[] dims2) => tensordot_op.Invoke(this, b, dims1, dims2);

        /// <inheritdoc cref="tensordot(Tensor, long[], long[])"/>
        public Tensor tensordot(Tensor b, (long, long)[] dims)
            => tensordot(b, [.. dims.Select(pair => pair.Item1)], [.. dims.Select(pair => pair.Item2)]);

        /// <inheritdoc cref="tensordot(Tensor, long[], long[])"/>
        public Tensor tensordot(Tensor b, long dims = 2)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dims);
            long[] first = new long[dims], last = new long[dims];
            for (long k = 0; k < dims; k++) (first[k], last[k]) = (k, k - dims);
            return tensordot(b, last, first);
        }

        /// <summary>A square matrix to the power of <c>n</c>.</summary>
        public Tensor matrix_power(int n) => matrix_power_op.Invoke(this, n);

        /// <summary>The matrix exponential.</summary>
        public Tensor matrix_exp() => matrix_exp_op.Invoke(this);

        private static readonly Operator
            addbmm_inplace_op = new("aten::addbmm_"),
            addbmm_op = new("aten::addbmm"),
            addmm_inplace_op = new("aten::addmm_"),
            addmm_op = new("aten::addmm"),
            addmv_inplace_op = new("aten::addmv_"),
            addmv_op = new("aten::addmv"),
            addr_inplace_op = new("aten::addr_"),
            addr_op = new("aten::addr"),
            baddbmm_op = new("aten::baddbmm"),
            bmm_op = new("aten::bmm"),
            dot_op = new("aten::dot"),
            inner_op = new("aten::inner"),
            kron_op = new("aten::kron"),
            matmul_op = new("aten::matmul"),
            matrix_exp_op = new("aten::matrix_exp"),
            matrix_power_op = new("aten::matrix_power"),
            mm_op = new("aten::mm"),
            mv_op = new("aten::mv"),
            outer_op = new("aten::outer"),
            tensordot_op = new("aten::tensordot"),
            vdot_op = new("aten::vdot");
    }

    /// <inheritdoc cref="Tensor.matmul(Tensor)"/>
    public static Tensor matmul(Tensor input, Tensor target) => input.matmul(target);

    /// <inheritdoc cref="Tensor.mm(Tensor)"/>
    public static Tensor mm(Tensor input, Tensor target) => input.mm(target);

    /// <inheritdoc cref="Tensor.bmm(Tensor)"/>
    public static Tensor bmm(Tensor input, Tensor batch2) => input.bmm(batch2);

    /// <inheritdoc cref="Tensor.mv(Tensor)"/>
    public static Tensor mv(Tensor input, Tensor target) => input.mv(target);

    /// <inheritdoc cref="Tensor.dot(Tensor)"/>
    public static Tensor dot(Tensor input, Tensor other) => input.dot(other);

    /// <inheritdoc cref="Tensor.vdot(Tensor)"/>
    public static Tensor vdot(Tensor input, Tensor target) => input.vdot(target);

    /// <inheritdoc cref="Tensor.inner(Tensor)"/>
    public static Tensor inner(Tensor input, Tensor vec2) => input.inner(vec2);

    /// <inheritdoc cref="Tensor.outer(Tensor)"/>
    public static Tensor outer(Tensor input, Tensor vec2) => input.outer(vec2);

    /// <inheritdoc cref="Tensor.ger(Tensor)"/>
    public static Tensor ger(Tensor input, Tensor vec2) => input.ger(vec2);

    /// <inheritdoc cref="Tensor.kron(Tensor)"/>
    public static Tensor kron(Tensor input, Tensor other) => input.kron(other);

    /// <inheritdoc cref="Tensor.addmm(Tensor, Tensor, float, float)"/>
    public static Tensor addmm(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm(mat1, mat2, beta, alpha);

    /// <inheritdoc cref="Tensor.addmm_(Tensor, Tensor, float, float)"/>
    public static Tensor addmm_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmm_(mat1, mat2, beta, alpha);

    /// <inheritdoc cref="Tensor.addmv(Tensor, Tensor, float, float)"/>
    public static Tensor addmv(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv(mat1, mat2, beta, alpha);

    /// <inheritdoc cref="Tensor.addmv_(Tensor, Tensor, float, float)"/>
    public static Tensor addmv_(Tensor input, Tensor mat1, Tensor mat2, float beta, float alpha) => input.addmv_(mat1, mat2, beta, alpha);

    /// <inheritdoc cref="Tensor.addr(Tensor, Tensor, float, float)"/>
    public static Tensor addr(Tensor input, Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => input.addr(vec1, vec2, beta, alpha);

    /// <inheritdoc cref="Tensor.addr_(Tensor, Tensor, float, float)"/>
    public static Tensor addr_(Tensor input, Tensor vec1, Tensor vec2, float beta = 1f, float alpha = 1f) => input.addr_(vec1, vec2, beta, alpha);

    /// <inheritdoc cref="Tensor.addbmm(Tensor, Tensor, float, float)"/>
    public static Tensor addbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f)
        => input.addbmm(batch1, batch2, beta, alpha);

    /// <inheritdoc cref="Tensor.addbmm_(Tensor, Tensor, float, float)"/>
    public static Tensor addbmm_(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f)
        => input.addbmm_(batch1, batch2, beta, alpha);

    /// <inheritdoc cref="Tensor.baddbmm(Tensor, Tensor, float, float)"/>
    public static Tensor baddbmm(Tensor input, Tensor batch1, Tensor batch2, float beta = 1f, float alpha = 1f)
        => input.baddbmm(batch1, batch2, beta, alpha);

    /// <inheritdoc cref="Tensor.tensordot(Tensor, long)"/>
    public static Tensor tensordot(Tensor a, Tensor b, long dims = 2) => a.tensordot(b, dims);

    /// <inheritdoc cref="Tensor.tensordot(Tensor, long[], long[])"/>
    public static Tensor tensordot(Tensor a, Tensor b, long[] dims1, long[] dims2) => a.tensordot(b, dims1, dims2);

    /// <inheritdoc cref="Tensor.tensordot(Tensor, ValueTuple{long, long}[])"/>
    public static Tensor tensordot(Tensor a, Tensor b, (long, long)[] dims) => a.tensordot(b, dims);

    /// <summary>A sum of products in Einstein's notation, such as "bij,bjk-&gt;bik".</summary>
    public static Tensor einsum(string equation, params Tensor[] tensors) => einsum_op.Invoke(equation, tensors);

    /// <summary>The product of several matrices in the cheapest order.</summary>
    public static Tensor chain_matmul(params Tensor[] matrices) =>
        matrices.Length == 1 ? matrices[0].alias() : linalg.multi_dot(matrices);

    /// <inheritdoc cref="Tensor.matrix_power(int)"/>
    public static Tensor matrix_power(Tensor input, int n) => input.matrix_power(n);

    /// <inheritdoc cref="Tensor.matrix_exp()"/>
    public static Tensor matrix_exp(Tensor input) => input.matrix_exp();

    private static readonly Operator
        einsum_op = new("aten::einsum");
}
