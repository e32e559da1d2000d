using SegLstm.Torch;

namespace TorchSharp;

// Norms and distances.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The <c>p</c>-norm of all elements, or along <c>dim</c>.</summary>
        public Tensor norm(float p = 2f) => norm_scalar_op.Invoke(this, p);

        /// <inheritdoc cref="norm(float)"/>
        public Tensor norm(int dim, bool keepdim = false, float p = 2f) => norm_scalaropt_dim_op.Invoke(this, p, dim, keepdim);

        /// <summary>The <c>p</c>-norm of the difference.</summary>
        public Tensor dist(Tensor other, float p = 2f) => dist_op.Invoke(this, other, p);

        /// <summary>Scales the slices along <c>dim</c> whose <c>p</c>-norm exceeds <c>maxnorm</c> down to it.</summary>
        public Tensor renorm(float p, long dim, float maxnorm) => renorm_op.Invoke(this, p, dim, maxnorm);

        private static readonly Operator
            dist_op = new("aten::dist"),
            norm_scalar_op = new("aten::norm", "Scalar"),
            norm_scalaropt_dim_op = new("aten::norm", "ScalarOpt_dim"),
            renorm_op = new("aten::renorm");
    }

    /// <inheritdoc cref="Tensor.norm(float)"/>
    public static Tensor norm(Tensor input) => input.norm();

    /// <inheritdoc cref="Tensor.norm(float)"/>
    public static Tensor norm(Tensor input, float p = 2f) => input.norm(p);

    /// <inheritdoc cref="Tensor.norm(int, bool, float)"/>
    public static Tensor norm(Tensor input, int dimension, bool keepdim = false, float p = 2f) => input.norm(dimension, keepdim, p);

    /// <inheritdoc cref="Tensor.dist(Tensor, float)"/>
    public static Tensor dist(Tensor input, Tensor other, float p = 2f) => input.dist(other, p);

    /// <inheritdoc cref="Tensor.renorm(float, long, float)"/>
    public static Tensor renorm(Tensor input, float p, long dim, float maxnorm) => input.renorm(p, dim, maxnorm);

    /// <summary>The <c>p</c>-norm distances between the rows of two batches: (…, P, M), (…, R, M) to (…, P, R).</summary>
    public static Tensor cdist(Tensor x1, Tensor x2, double p = 2, compute_mode compute_mode = compute_mode.use_mm_for_euclid_dist_if_necessary)
        => cdist_op.Invoke(x1, x2, p, compute_mode == 0 ? Argument.None : (long)compute_mode);

    private static readonly Operator
        cdist_op = new("aten::cdist");
}
