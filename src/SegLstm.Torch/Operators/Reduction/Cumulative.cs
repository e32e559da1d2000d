using SegLstm.Torch;

namespace TorchSharp;

// Running sums, products and extremes.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The running sum along <c>dim</c>.</summary>
        public Tensor cumsum(long dim, ScalarType? type = null) => cumsum_op.Invoke(this, dim, type);

        /// <summary>The running product along <c>dim</c>.</summary>
        public Tensor cumprod(long dim, ScalarType? type = null) => cumprod_op.Invoke(this, dim, type);

        /// <summary>The running maximum along <c>dim</c> and its positions.</summary>
        public (Tensor values, Tensor indexes) cummax(long dim) => cummax_op.Invoke2(this, dim);

        /// <summary>The running minimum along <c>dim</c> and its positions.</summary>
        public (Tensor values, Tensor indexes) cummin(long dim) => cummin_op.Invoke2(this, dim);

        /// <summary>The logarithm of the running sum of exponentials along <c>dim</c>.</summary>
        public Tensor logcumsumexp(long dim) => logcumsumexp_op.Invoke(this, dim);

        /// <summary>The <c>n</c>-th differences along <c>dim</c>.</summary>
        public Tensor diff(long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null) => diff_op.Invoke(this, n, dim, prepend, append);

        /// <summary>The trapezoidal rule along <c>dim</c>, with spacing <c>dx</c> or sample points <c>x</c>.</summary>
        public Tensor trapezoid(double dx = 1, long dim = -1) => trapezoid_dx_op.Invoke(this, dx, dim);

        /// <inheritdoc cref="trapezoid(double, long)"/>
        public Tensor trapezoid(Tensor x, long dim = -1) => trapezoid_x_op.Invoke(this, x, dim);

        /// <summary>The running trapezoidal rule along <c>dim</c>.</summary>
        public Tensor cumulative_trapezoid(double dx = 1, long dim = -1) => cumulative_trapezoid_dx_op.Invoke(this, dx, dim);

        /// <inheritdoc cref="cumulative_trapezoid(double, long)"/>
        public Tensor cumulative_trapezoid(Tensor x, long dim = -1) => cumulative_trapezoid_x_op.Invoke(this, x, dim);

        private static readonly Operator
            cummax_op = new("aten::cummax"),
            cummin_op = new("aten::cummin"),
            cumprod_op = new("aten::cumprod"),
            cumsum_op = new("aten::cumsum"),
            cumulative_trapezoid_dx_op = new("aten::cumulative_trapezoid", "dx"),
            cumulative_trapezoid_x_op = new("aten::cumulative_trapezoid", "x"),
            diff_op = new("aten::diff"),
            logcumsumexp_op = new("aten::logcumsumexp"),
            trapezoid_dx_op = new("aten::trapezoid", "dx"),
            trapezoid_x_op = new("aten::trapezoid", "x");
    }

    /// <inheritdoc cref="Tensor.cumsum(long, ScalarType?)"/>
    public static Tensor cumsum(Tensor input, long dim, ScalarType? type = null) => input.cumsum(dim, type);

    /// <inheritdoc cref="Tensor.cumprod(long, ScalarType?)"/>
    public static Tensor cumprod(Tensor input, long dim, ScalarType? dtype = null) => input.cumprod(dim, dtype);

    /// <inheritdoc cref="Tensor.cummax(long)"/>
    public static (Tensor values, Tensor indices) cummax(Tensor input, long dim) => input.cummax(dim);

    /// <inheritdoc cref="Tensor.cummin(long)"/>
    public static (Tensor values, Tensor indices) cummin(Tensor input, long dim) => input.cummin(dim);

    /// <inheritdoc cref="Tensor.logcumsumexp(long)"/>
    public static Tensor logcumsumexp(Tensor input, long dim) => input.logcumsumexp(dim);

    /// <inheritdoc cref="Tensor.diff(long, long, Tensor, Tensor)"/>
    public static Tensor diff(Tensor input, long n = 1, long dim = -1, Tensor? prepend = null, Tensor? append = null)
        => input.diff(n, dim, prepend, append);

    /// <inheritdoc cref="Tensor.trapezoid(Tensor, long)"/>
    public static Tensor trapezoid(Tensor y, Tensor x, long dim = -1) => y.trapezoid(x, dim);

    /// <inheritdoc cref="Tensor.trapezoid(double, long)"/>
    public static Tensor trapezoid(Tensor y, double dx = 1, long dim = -1) => y.trapezoid(dx, dim);

    /// <inheritdoc cref="Tensor.cumulative_trapezoid(Tensor, long)"/>
    public static Tensor cumulative_trapezoid(Tensor y, Tensor x, long dim = -1) => y.cumulative_trapezoid(x, dim);

    /// <inheritdoc cref="Tensor.cumulative_trapezoid(double, long)"/>
    public static Tensor cumulative_trapezoid(Tensor y, double dx = 1, long dim = -1) => y.cumulative_trapezoid(dx, dim);

    /// <inheritdoc cref="Tensor.trapezoid(double, long)"/>
    public static Tensor trapz(Tensor y, double dx = 1, long dim = -1) => y.trapezoid(dx, dim);

    /// <inheritdoc cref="Tensor.trapezoid(double, long)"/>
    public static Tensor trapz(Tensor y, Tensor x, long dim = -1) => y.trapezoid(x, dim);
}
