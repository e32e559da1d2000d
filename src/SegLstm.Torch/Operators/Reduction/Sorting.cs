using SegLstm.Torch;

namespace TorchSharp;

// Sorting, searching and distinct elements.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements in order along <c>dim</c>, and their former positions.</summary>
        public (Tensor Values, Tensor Indices) sort(long dim = -1, bool descending = false, bool stable = false)
            => sort_stable_op.Invoke2(this, stable, dim, descending);

        /// <summary>The positions that would sort the elements along <c>dim</c>.</summary>
        public Tensor argsort(long dim = -1, bool descending = false) => argsort_op.Invoke(this, dim, descending);

        /// <summary>The elements in ascending order along the first dimension.</summary>
        public Tensor msort() => msort_op.Invoke(this);

        /// <summary>The <c>k</c> largest (or smallest) elements along <c>dim</c>, and their positions.</summary>
        public (Tensor values, Tensor indexes) topk(int k, int dim = -1, bool largest = true, bool sorted = true)
            => topk_op.Invoke2(this, k, dim, largest, sorted);

        /// <summary>The distinct elements, of all or along <c>dim</c>, with inverse positions and counts where asked.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
            bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            (Tensor output, Tensor inverse, Tensor counts) = dim is null
                ? unique2_op.Invoke3(this, sorted, return_inverse, return_counts)
                : unique_dim_op.Invoke3(this, dim, sorted, return_inverse, return_counts);
            return (output, return_inverse ? inverse : null, return_counts ? counts : null);
        }

        /// <summary>Runs of equal elements collapsed to one.</summary>
        public (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
            bool return_inverse = false, bool return_counts = false, int? dim = null)
        {
            (Tensor output, Tensor inverse, Tensor counts) = unique_consecutive_op.Invoke3(this, return_inverse, return_counts, dim);
            return (output, return_inverse ? inverse : null, return_counts ? counts : null);
        }

        /// <summary>The number of the bucket, between <c>boundaries</c>, of each element.</summary>
        public Tensor bucketize(Tensor boundaries, bool outInt32 = false, bool right = false)
            => bucketize_tensor_op.Invoke(this, boundaries, outInt32, right);

        private static readonly Operator
            argsort_op = new("aten::argsort"),
            bucketize_tensor_op = new("aten::bucketize", "Tensor"),
            msort_op = new("aten::msort"),
            sort_stable_op = new("aten::sort", "stable"),
            topk_op = new("aten::topk"),
            unique2_op = new("aten::_unique2"),
            unique_consecutive_op = new("aten::unique_consecutive"),
            unique_dim_op = new("aten::unique_dim");
    }

    /// <inheritdoc cref="Tensor.sort(long, bool, bool)"/>
    public static (Tensor values, Tensor indices) sort(Tensor input, long dim = -1, bool descending = false, bool stable = false)
        => input.sort(dim, descending, stable);

    /// <inheritdoc cref="Tensor.argsort(long, bool)"/>
    public static Tensor argsort(Tensor input, long dim = -1, bool descending = false) => input.argsort(dim, descending);

    /// <inheritdoc cref="Tensor.msort()"/>
    public static Tensor msort(Tensor tensor) => tensor.msort();

    /// <inheritdoc cref="Tensor.topk(int, int, bool, bool)"/>
    public static (Tensor values, Tensor indices) topk(Tensor tensor, int k, int dim = -1, bool largest = true, bool sorted = true)
        => tensor.topk(k, dim, largest, sorted);

    /// <inheritdoc cref="Tensor.unique(bool, bool, bool, int?)"/>
    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique(
        Tensor input, bool sorted = true, bool return_inverse = false, bool return_counts = false, int? dim = null)
        => input.unique(sorted, return_inverse, return_counts, dim);

    /// <inheritdoc cref="Tensor.unique_consecutive(bool, bool, int?)"/>
    public static (Tensor output, Tensor? inverse_indices, Tensor? counts) unique_consecutive(
        Tensor input, bool return_inverse = false, bool return_counts = false, int? dim = null)
        => input.unique_consecutive(return_inverse, return_counts, dim);

    /// <summary>Where each value would be inserted into the sorted sequence.</summary>
    public static Tensor searchsorted(Tensor sorted_sequence, Tensor values, bool out_int32 = false, bool right = false, Tensor? sorter = null)
        => searchsorted_tensor_op.Invoke(sorted_sequence, values, out_int32, right, Argument.Default, sorter);

    /// <inheritdoc cref="searchsorted(Tensor, Tensor, bool, bool, Tensor)"/>
    public static Tensor searchsorted(Tensor sorted_sequence, Scalar values, bool out_int32, bool right, Tensor sorter)
        => searchsorted_scalar_op.Invoke(sorted_sequence, values, out_int32, right, Argument.Default, sorter);

    /// <inheritdoc cref="Tensor.bucketize(Tensor, bool, bool)"/>
    public static Tensor bucketize(Tensor input, Tensor boundaries, bool outInt32 = false, bool right = false)
        => input.bucketize(boundaries, outInt32, right);

    private static readonly Operator
        searchsorted_scalar_op = new("aten::searchsorted", "Scalar"),
        searchsorted_tensor_op = new("aten::searchsorted", "Tensor");
}
