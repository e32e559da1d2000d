using SegLstm.Torch;

namespace TorchSharp;

// Determinants, inverses and decompositions.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The determinant of each square matrix.</summary>
        public Tensor det() => det_op.Invoke(this);

        /// <summary>The logarithm of the determinant.</summary>
        public Tensor logdet() => logdet_op.Invoke(this);

        /// <summary>The inverse of each square matrix.</summary>
        public Tensor inverse() => inverse_op.Invoke(this);

        /// <summary>The Moore-Penrose pseudo-inverse.</summary>
        public Tensor pinverse(double rcond = 1e-15, bool hermitian = false) => linalg_pinv_op.Invoke(this, rcond, hermitian);

        /// <summary>The Cholesky factor of symmetric positive-definite matrices.</summary>
        public Tensor cholesky(bool upper = false) => cholesky_op.Invoke(this, upper);

        /// <summary>The inverse, from a Cholesky factor.</summary>
        public Tensor cholesky_inverse(bool upper = false) => cholesky_inverse_op.Invoke(this, upper);

        /// <summary>The solution of A X = this, from a Cholesky factor <c>input2</c> of A.</summary>
        public Tensor cholesky_solve(Tensor input2, bool upper = false) => cholesky_solve_op.Invoke(this, input2, upper);

        /// <summary>The QR decomposition in LAPACK's packed form.</summary>
        public (Tensor a, Tensor tau) geqrf() => geqrf_op.Invoke2(this);

        /// <summary>The product of the packed orthogonal matrix and <c>other</c>.</summary>
        public Tensor ormqr(Tensor tau, Tensor other, bool left = true, bool transpose = false) => ormqr_op.Invoke(this, tau, other, left, transpose);

        private static readonly Operator
            cholesky_inverse_op = new("aten::cholesky_inverse"),
            cholesky_op = new("aten::cholesky"),
            cholesky_solve_op = new("aten::cholesky_solve"),
            det_op = new("aten::det"),
            geqrf_op = new("aten::geqrf"),
            inverse_op = new("aten::inverse"),
            linalg_pinv_op = new("aten::linalg_pinv"),
            logdet_op = new("aten::logdet"),
            ormqr_op = new("aten::ormqr");
    }

    /// <inheritdoc cref="Tensor.det()"/>
    public static Tensor det(Tensor input) => input.det();

    /// <inheritdoc cref="Tensor.logdet()"/>
    public static Tensor logdet(Tensor input) => input.logdet();

    /// <summary>The sign and the logarithm of the absolute value of the determinant.</summary>
    public static (Tensor res, Tensor logabsdet) slogdet(Tensor A) => slogdet_op.Invoke2(A);

    /// <inheritdoc cref="Tensor.inverse()"/>
    public static Tensor inverse(Tensor input) => input.inverse();

    /// <inheritdoc cref="Tensor.pinverse(double, bool)"/>
    public static Tensor pinverse(Tensor input, double rcond = 1e-15, bool hermitian = false) => input.pinverse(rcond, hermitian);

    /// <inheritdoc cref="Tensor.cholesky(bool)"/>
    public static Tensor cholesky(Tensor input) => cholesky_op.Invoke(input);

    /// <inheritdoc cref="Tensor.cholesky(bool)"/>
    public static Tensor cholesky(Tensor input, bool upper) => input.cholesky(upper);

    /// <inheritdoc cref="Tensor.cholesky_inverse(bool)"/>
    public static Tensor cholesky_inverse(Tensor input, bool upper = false) => input.cholesky_inverse(upper);

    /// <inheritdoc cref="Tensor.cholesky_solve(Tensor, bool)"/>
    public static Tensor cholesky_solve(Tensor input, Tensor input2, bool upper = false) => input.cholesky_solve(input2, upper);

    /// <inheritdoc cref="Tensor.geqrf()"/>
    public static (Tensor a, Tensor tau) geqrf(Tensor input) => input.geqrf();

    /// <summary>The orthogonal matrix from LAPACK's packed form.</summary>
    public static Tensor orgqr(Tensor input, Tensor tau) => orgqr_op.Invoke(input, tau);

    /// <inheritdoc cref="Tensor.ormqr(Tensor, Tensor, bool, bool)"/>
    public static Tensor ormqr(Tensor input, Tensor tau, Tensor other, bool left = true, bool transpose = false)
        => input.ormqr(tau, other, left, transpose);

    /// <summary>The solution of A X = b, from A's packed LU decomposition.</summary>
    public static Tensor lu_solve(Tensor b, Tensor LU_data, Tensor LU_pivots) => lu_solve_op.Invoke(b, LU_data, LU_pivots);

    private static readonly Operator
        cholesky_op = new("aten::cholesky"),
        lu_solve_op = new("aten::lu_solve"),
        orgqr_op = new("aten::orgqr"),
        slogdet_op = new("aten::slogdet");
}
