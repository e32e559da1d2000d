using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Linear algebra on matrices and batches of matrices (…, m, n).</summary>
    public static partial class linalg
    {
        private static readonly Operator
            cross_op = new("aten::linalg_cross"),
            det_op = new("aten::linalg_det"),
            matrix_norm_op = new("aten::linalg_matrix_norm"),
            matrix_norm_str_op = new("aten::linalg_matrix_norm", "str_ord"),
            matrix_rank_op = new("aten::linalg_matrix_rank", "atol_rtol_float"),
            multi_dot_op = new("aten::linalg_multi_dot"),
            norm_op = new("aten::linalg_norm"),
            norm_str_op = new("aten::linalg_norm", "ord_str"),
            slogdet_op = new("aten::linalg_slogdet"),
            vecdot_op = new("aten::linalg_vecdot"),
            vecdot_out_op = new("aten::linalg_vecdot", "out"),
            vector_norm_op = new("aten::linalg_vector_norm");

        /// <summary>The 2-norm of a vector or the Frobenius norm of a matrix.</summary>
        public static Tensor norm(Tensor input, long[]? dims = null, bool keepdim = false) =>
            norm_op.Invoke(input, Argument.None, dims, keepdim);

        /// <summary>A norm named by a string: "fro" or "nuc".</summary>
        public static Tensor norm(Tensor input, string ord, long[]? dims = null, bool keepdim = false) =>
            norm_str_op.Invoke(input, ord, dims, keepdim);

        /// <summary>The norm of an order, of a vector or a matrix.</summary>
        public static Tensor norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            norm_op.Invoke(input, ord, dims, keepdim);

        /// <inheritdoc cref="norm(Tensor, double, long[], bool)"/>
        public static Tensor norm(Tensor input, int ord, long[]? dims = null, bool keepdim = false) =>
            norm_op.Invoke(input, ord, dims, keepdim);

        /// <summary>The norm of an order of vectors: of all elements, or along the given dimensions.</summary>
        public static Tensor vector_norm(Tensor input, double ord = 2, long[]? dims = null, bool keepdim = false) =>
            vector_norm_op.Invoke(input, ord, dims, keepdim);

        /// <summary>A norm of matrices: "fro" or "nuc".</summary>
        public static Tensor matrix_norm(Tensor input, string ord = "fro", long[]? dims = null, bool keepdim = false) =>
            matrix_norm_str_op.Invoke(input, ord, dims, keepdim);

        /// <summary>The norm of an order of matrices: 1, -1, 2, -2 or an infinity.</summary>
        public static Tensor matrix_norm(Tensor input, double ord, long[]? dims = null, bool keepdim = false) =>
            matrix_norm_op.Invoke(input, ord, dims, keepdim);

        /// <summary>The determinant.</summary>
        public static Tensor det(Tensor input) => det_op.Invoke(input);

        /// <summary>The sign and the logarithm of the absolute value of the determinant.</summary>
        public static (Tensor, Tensor) slogdet(Tensor input) => slogdet_op.Invoke2(input);

        /// <summary>The number of singular values above the tolerance.</summary>
        public static Tensor matrix_rank(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            matrix_rank_op.Invoke(input, atol, rtol, hermitian);

        /// <summary>The product of several matrices in the cheapest order.</summary>
        public static Tensor multi_dot(IList<Tensor> tensors) => multi_dot_op.Invoke(tensors.ToArray());

        /// <summary>The matrix exponential.</summary>
        public static Tensor matrix_exp(Tensor input) => input.matrix_exp();

        /// <summary>The cross product of vectors of three elements along <paramref name="dim"/>.</summary>
        public static Tensor cross(Tensor input, Tensor other, long dim = -1) => cross_op.Invoke(input, other, dim);

        /// <summary>The dot products of vectors along <paramref name="dim"/>.</summary>
        public static Tensor vecdot(Tensor x, Tensor y, long dim = -1, Tensor? @out = null)
        {
            if (@out is null) return vecdot_op.Invoke(x, y, dim);
            vecdot_out_op.InvokeVoid(x, y, dim, @out);
            return @out;
        }

        /// <summary>The diagonals of matrices, as a view.</summary>
        public static Tensor diagonal(Tensor input, int offset = 0, int dim1 = -2, int dim2 = -1) => input.diagonal(offset, dim1, dim2);
    }
}
