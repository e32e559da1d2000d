using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class linalg
    {
        private static readonly Operator
            cholesky_ex_op = new("aten::linalg_cholesky_ex"),
            cholesky_op = new("aten::linalg_cholesky"),
            eig_op = new("aten::linalg_eig"),
            eigh_op = new("aten::linalg_eigh"),
            eigvals_op = new("aten::linalg_eigvals"),
            eigvalsh_op = new("aten::linalg_eigvalsh"),
            inv_ex_op = new("aten::linalg_inv_ex"),
            inv_op = new("aten::linalg_inv"),
            lu_factor_op = new("aten::linalg_lu_factor"),
            lu_op = new("aten::linalg_lu"),
            pinv_op = new("aten::linalg_pinv", "atol_rtol_float"),
            qr_op = new("aten::linalg_qr"),
            solve_ex_op = new("aten::linalg_solve_ex"),
            solve_op = new("aten::linalg_solve"),
            solve_triangular_op = new("aten::linalg_solve_triangular"),
            solve_triangular_out_op = new("aten::linalg_solve_triangular", "out"),
            svd_op = new("aten::linalg_svd"),
            svdvals_op = new("aten::linalg_svdvals");

        /// <summary>Which part of a QR decomposition is computed.</summary>
        public enum QRMode
        {
            /// <summary>Q (m, k) and R (k, n) with k = min(m, n).</summary>
            Reduced = 0,

            /// <summary>Q (m, m) and R (m, n).</summary>
            Complete = 1,

            /// <summary>Only R (k, n).</summary>
            R = 2,
        }

        /// <summary>The lower Cholesky factor of symmetric positive-definite matrices.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">A matrix is not positive definite.</exception>
        public static Tensor cholesky(Tensor input) => cholesky_op.Invoke(input);

        /// <summary>The lower Cholesky factor and, instead of an error, the order of the first minor that is not positive.</summary>
        public static (Tensor L, Tensor info) cholesky_ex(Tensor input, bool check_errors = false) =>
            cholesky_ex_op.Invoke2(input, false, check_errors);

        /// <summary>The QR decomposition.</summary>
        public static (Tensor Q, Tensor R) qr(Tensor input, QRMode mode = QRMode.Reduced) => qr_op.Invoke2(input, mode.ToString().ToLowerInvariant());

        /// <summary>The singular value decomposition: U, the singular values in descending order, the conjugate transpose of V.</summary>
        public static (Tensor U, Tensor S, Tensor Vh) svd(Tensor input, bool fullMatrices = true) => svd_op.Invoke3(input, fullMatrices);

        /// <summary>The singular values in descending order.</summary>
        public static Tensor svdvals(Tensor input) => svdvals_op.Invoke(input);

        /// <summary>The complex eigenvalues and eigenvectors.</summary>
        public static (Tensor, Tensor) eig(Tensor input) => eig_op.Invoke2(input);

        /// <summary>The complex eigenvalues.</summary>
        public static Tensor eigvals(Tensor input) => eigvals_op.Invoke(input);

        /// <summary>The eigenvalues in ascending order and eigenvectors of symmetric matrices, read from one triangle ('L' or 'U').</summary>
        public static (Tensor, Tensor) eigh(Tensor input, char UPLO = 'L') => eigh_op.Invoke2(input, UPLO.ToString());

        /// <summary>The eigenvalues of symmetric matrices in ascending order.</summary>
        public static Tensor eigvalsh(Tensor input, char UPLO = 'L') => eigvalsh_op.Invoke(input, UPLO.ToString());

        /// <summary>The inverse.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">A matrix is singular.</exception>
        public static Tensor inv(Tensor input) => inv_op.Invoke(input);

        /// <summary>The inverse and, instead of an error, which pivot was zero.</summary>
        public static (Tensor L, Tensor info) inv_ex(Tensor input, bool check_errors = false) => inv_ex_op.Invoke2(input, check_errors);

        /// <summary>The pseudo-inverse; singular values up to max(atol, rtol times the largest) count as zero.</summary>
        public static Tensor pinv(Tensor input, double? atol = null, double? rtol = null, bool hermitian = false) =>
            pinv_op.Invoke(input, atol, rtol, hermitian);

        /// <summary>The solution of A X = B, or of X A = B where <paramref name="left"/> is false.</summary>
        /// <exception cref="System.Runtime.InteropServices.ExternalException">A matrix is singular.</exception>
        public static Tensor solve(Tensor A, Tensor B, bool left = true) => solve_op.Invoke(A, B, left);

        /// <summary>The solution of A X = B and, instead of an error, which pivot was zero.</summary>
        public static (Tensor result, Tensor info) solve_ex(Tensor A, Tensor B, bool left = true, bool check_errors = false) =>
            solve_ex_op.Invoke2(A, B, left, check_errors);

        /// <summary>The solution of A X = B for a triangular A.</summary>
        public static Tensor solve_triangular(
            Tensor A, Tensor B, bool upper, bool left = true, bool unitriangular = false, Tensor? @out = null)
        {
            if (@out is null) return solve_triangular_op.Invoke(A, B, upper, left, unitriangular);
            solve_triangular_out_op.InvokeVoid(A, B, upper, left, unitriangular, @out);
            return @out;
        }

        /// <summary>The LU decomposition: permutation, lower and upper triangle.</summary>
        public static (Tensor P, Tensor L, Tensor U) lu(Tensor input, bool pivot = true) => lu_op.Invoke3(input, pivot);

        /// <summary>The LU decomposition in LAPACK's packed form, and its pivots.</summary>
        public static (Tensor LU, Tensor? Pivots) lu_factor(Tensor input, bool pivot = true) => lu_factor_op.Invoke2(input, pivot);
    }
}
