using SegLstm.Torch;

namespace TorchSharp;

// Sums, products and means.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of all elements, or along the given dimensions.</summary>
        public Tensor sum(ScalarType? type = null) => sum_op.Invoke(this, type);

        /// <inheritdoc cref="sum(ScalarType?)"/>
        public Tensor sum(long[] dim, bool keepdim = false, ScalarType? type = null) => sum_dim_intlist_op.Invoke(this, dim, keepdim, type);

        /// <inheritdoc cref="sum(ScalarType?)"/>
        public Tensor sum(ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null)
            => sum_dim_intlist_op.Invoke(this, dim.ToArray(), keepdim, type);

        /// <inheritdoc cref="sum(ScalarType?)"/>
        public Tensor sum(long dim, bool keepdim = false, ScalarType? type = null) => sum_dim_intlist_op.Invoke(this, dim, keepdim, type);

        /// <inheritdoc cref="sum(ScalarType?)"/>
        public Tensor sum(long dim0, long dim1, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1], keepdim, type);

        /// <inheritdoc cref="sum(ScalarType?)"/>
        public Tensor sum(long dim0, long dim1, long dim2, bool keepdim = false, ScalarType? type = null) => sum([dim0, dim1, dim2], keepdim, type);

        /// <summary>The sum of all elements that are not NaN.</summary>
        public Tensor nansum() => nansum_op.Invoke(this);

        /// <summary>The product of all elements, or along <c>dim</c>.</summary>
        public Tensor prod(ScalarType? type = null) => prod_op.Invoke(this, type);

        /// <inheritdoc cref="prod(ScalarType?)"/>
        public Tensor prod(long dim, bool keepdim = false, ScalarType? type = null) => prod_dim_int_op.Invoke(this, dim, keepdim, type);

        /// <summary>The mean of all elements, or along the given dimensions.</summary>
        public Tensor mean() => mean_op.Invoke(this);

        /// <inheritdoc cref="mean()"/>
        public Tensor mean(long[] dimensions, bool keepdim = false, ScalarType? type = null) => mean_dim_op.Invoke(this, dimensions, keepdim, type);

        /// <summary>The mean of the elements that are not NaN.</summary>
        public Tensor nanmean(int? dim = null, bool keepdim = false, ScalarType? dtype = null) => nanmean_op.Invoke(this, dim, keepdim, dtype);

        /// <summary>log(sum(exp(x))) along <c>dim</c>, without overflow.</summary>
        public Tensor logsumexp(long dim, bool keepdim = false) => logsumexp_op.Invoke(this, dim, keepdim);

        /// <summary>The sum of the main diagonal of a matrix.</summary>
        public Tensor trace() => trace_op.Invoke(this);

        /// <summary>How many elements are not zero, in all or along the given dimensions.</summary>
        public Tensor count_nonzero(long[]? dims = null)
            => dims is null ? count_nonzero_op.Invoke(this) : count_nonzero_dim_intlist_op.Invoke(this, dims);

        private static readonly Operator
            count_nonzero_dim_intlist_op = new("aten::count_nonzero", "dim_IntList"),
            count_nonzero_op = new("aten::count_nonzero"),
            logsumexp_op = new("aten::logsumexp"),
            mean_dim_op = new("aten::mean", "dim"),
            mean_op = new("aten::mean"),
            nanmean_op = new("aten::nanmean"),
            nansum_op = new("aten::nansum"),
            prod_dim_int_op = new("aten::prod", "dim_int"),
            prod_op = new("aten::prod"),
            sum_dim_intlist_op = new("aten::sum", "dim_IntList"),
            sum_op = new("aten::sum"),
            trace_op = new("aten::trace");
    }

    /// <inheritdoc cref="Tensor.sum(ScalarType?)"/>
    public static Tensor sum(Tensor input, ScalarType? type = null) => input.sum(type);

    /// <inheritdoc cref="Tensor.sum(ReadOnlySpan{long}, bool, ScalarType?)"/>
    public static Tensor sum(Tensor input, ReadOnlySpan<long> dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    /// <inheritdoc cref="Tensor.sum(long, bool, ScalarType?)"/>
    public static Tensor sum(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.sum(dim, keepdim, type);

    /// <inheritdoc cref="Tensor.nansum()"/>
    public static Tensor nansum(Tensor input) => input.nansum();

    /// <inheritdoc cref="Tensor.prod(ScalarType?)"/>
    public static Tensor prod(Tensor input, ScalarType? type = null) => input.prod(type);

    /// <inheritdoc cref="Tensor.prod(long, bool, ScalarType?)"/>
    public static Tensor prod(Tensor input, long dim, bool keepdim = false, ScalarType? type = null) => input.prod(dim, keepdim, type);

    /// <inheritdoc cref="Tensor.mean()"/>
    public static Tensor mean(Tensor input) => input.mean();

    /// <inheritdoc cref="Tensor.mean(long[], bool, ScalarType?)"/>
    public static Tensor mean(Tensor input, long[] dimensions, bool keepdim = false, ScalarType? type = null)
        => input.mean(dimensions, keepdim, type);

    /// <inheritdoc cref="Tensor.nanmean(int?, bool, ScalarType?)"/>
    public static Tensor nanmean(Tensor input, int? dim = null, bool keepdim = false, ScalarType? dtype = null) => input.nanmean(dim, keepdim, dtype);

    /// <inheritdoc cref="Tensor.logsumexp(long, bool)"/>
    public static Tensor logsumexp(Tensor input, long dim, bool keepdim = false) => input.logsumexp(dim, keepdim);

    /// <inheritdoc cref="Tensor.trace()"/>
    public static Tensor trace(Tensor input) => input.trace();

    /// <inheritdoc cref="Tensor.count_nonzero(long[])"/>
    public static Tensor count_nonzero(Tensor input, long[]? dims = null) => input.count_nonzero(dims);
}
