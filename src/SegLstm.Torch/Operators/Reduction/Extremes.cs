using SegLstm.Torch;

namespace TorchSharp;

// Largest and smallest elements, and where they are.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The largest element; along a dimension, with its position; or the larger of two tensors.</summary>
        public Tensor max() => max_op.Invoke(this);

        /// <inheritdoc cref="max()"/>
        public Tensor max(Tensor other) => max_other_op.Invoke(this, other);

        /// <inheritdoc cref="max()"/>
        public (Tensor values, Tensor indexes) max(long dim, bool keepdim = false) => max_dim_op.Invoke2(this, dim, keepdim);

        /// <summary>The smallest element; along a dimension, with its position; or the smaller of two tensors.</summary>
        public Tensor min() => min_op.Invoke(this);

        /// <inheritdoc cref="min()"/>
        public Tensor min(Tensor other) => min_other_op.Invoke(this, other);

        /// <inheritdoc cref="min()"/>
        public (Tensor values, Tensor indexes) min(long dim, bool keepdim = false) => min_dim_op.Invoke2(this, dim, keepdim);

        /// <summary>The largest element along the given dimensions (all where there are none).</summary>
        public Tensor amax(long[] dims, bool keepdim = false, Tensor? @out = null)
        {
            if (@out is null) return amax_op.Invoke(this, dims, keepdim);
            amax_out_op.InvokeVoid(this, dims, keepdim, @out);
            return @out;
        }

        /// <inheritdoc cref="amax(long[], bool, Tensor)"/>
        public Tensor amax(params long[] dims) => amax_op.Invoke(this, dims);

        /// <inheritdoc cref="amax(long[], bool, Tensor)"/>
        public Tensor amax(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amax(dims.ToArray(), keepdim, @out);

        /// <summary>The smallest element along the given dimensions (all where there are none).</summary>
        public Tensor amin(ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => amin(dims.ToArray(), keepdim, @out);

        /// <inheritdoc cref="amin(ReadOnlySpan{long}, bool, Tensor)"/>
        public Tensor amin(long[] dims, bool keepdim = false, Tensor? @out = null)
        {
            if (@out is null) return amin_op.Invoke(this, dims, keepdim);
            amin_out_op.InvokeVoid(this, dims, keepdim, @out);
            return @out;
        }

        /// <inheritdoc cref="amin(ReadOnlySpan{long}, bool, Tensor)"/>
        public Tensor amin(params long[] dims) => amin_op.Invoke(this, dims);

        /// <summary>The smallest and the largest element together.</summary>
        public (Tensor min, Tensor max) aminmax(long? dim = null, bool keepdim = false) => aminmax_op.Invoke2(this, dim, keepdim);

        /// <summary>The position of the largest element, in the flattened tensor or along <c>dim</c>.</summary>
        public Tensor argmax() => argmax_op.Invoke(this);

        /// <inheritdoc cref="argmax()"/>
        public Tensor argmax(long dim, bool keepdim = false) => argmax_op.Invoke(this, dim, keepdim);

        /// <summary>The position of the smallest element, in the flattened tensor or along <c>dim</c>.</summary>
        public Tensor argmin() => argmin_op.Invoke(this);

        /// <inheritdoc cref="argmin()"/>
        public Tensor argmin(long dim, bool keepdim = false) => argmin_op.Invoke(this, dim, keepdim);

        /// <summary>Whether all elements are true, or along <c>dim</c>.</summary>
        public Tensor all() => all_op.Invoke(this);

        /// <inheritdoc cref="all()"/>
        public Tensor all(long dim, bool keepdim = false) => all_dim_op.Invoke(this, dim, keepdim);

        /// <summary>Whether any element is true, or along <c>dim</c>.</summary>
        public Tensor any() => any_op.Invoke(this);

        /// <inheritdoc cref="any()"/>
        public Tensor any(long dim, bool keepdim = false) => any_dim_op.Invoke(this, dim, keepdim);

        private static readonly Operator
            all_dim_op = new("aten::all", "dim"),
            all_op = new("aten::all"),
            amax_op = new("aten::amax"),
            amax_out_op = new("aten::amax", "out"),
            amin_op = new("aten::amin"),
            amin_out_op = new("aten::amin", "out"),
            aminmax_op = new("aten::aminmax"),
            any_dim_op = new("aten::any", "dim"),
            any_op = new("aten::any"),
            argmax_op = new("aten::argmax"),
            argmin_op = new("aten::argmin"),
            max_dim_op = new("aten::max", "dim"),
            max_op = new("aten::max"),
            max_other_op = new("aten::max", "other"),
            min_dim_op = new("aten::min", "dim"),
            min_op = new("aten::min"),
            min_other_op = new("aten::min", "other");
    }

    /// <inheritdoc cref="Tensor.max()"/>
    public static Tensor max(Tensor input) => input.max();

    /// <inheritdoc cref="Tensor.max(Tensor)"/>
    public static Tensor max(Tensor input, Tensor other) => input.max(other);

    /// <inheritdoc cref="Tensor.max(long, bool)"/>
    public static (Tensor values, Tensor indexes) max(Tensor input, long dim, bool keepdim = false) => input.max(dim, keepdim);

    /// <inheritdoc cref="Tensor.min()"/>
    public static Tensor min(Tensor input) => input.min();

    /// <inheritdoc cref="Tensor.min(Tensor)"/>
    public static Tensor min(Tensor input, Tensor other) => input.min(other);

    /// <inheritdoc cref="Tensor.min(long, bool)"/>
    public static (Tensor values, Tensor indexes) min(Tensor input, long dim, bool keepdim = false) => input.min(dim, keepdim);

    /// <inheritdoc cref="Tensor.amax(long[], bool, Tensor)"/>
    public static Tensor amax(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) => input.amax(dims, keepdim, @out);

    /// <inheritdoc cref="Tensor.amax(ReadOnlySpan{long}, bool, Tensor)"/>
    public static Tensor amax(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => input.amax(dims, keepdim, @out);

    /// <inheritdoc cref="Tensor.amax(long[])"/>
    public static Tensor amax(Tensor input, long[] dims) => input.amax(dims);

    /// <inheritdoc cref="Tensor.amin(long[], bool, Tensor)"/>
    public static Tensor amin(Tensor input, long[] dims, bool keepdim = false, Tensor? @out = null) => input.amin(dims, keepdim, @out);

    /// <inheritdoc cref="Tensor.amin(ReadOnlySpan{long}, bool, Tensor)"/>
    public static Tensor amin(Tensor input, ReadOnlySpan<long> dims, bool keepdim = false, Tensor? @out = null) => input.amin(dims, keepdim, @out);

    /// <inheritdoc cref="Tensor.aminmax(long?, bool)"/>
    public static (Tensor min, Tensor max) aminmax(Tensor input, long? dim = null, bool keepdim = false) => input.aminmax(dim, keepdim);

    /// <inheritdoc cref="Tensor.argmax()"/>
    public static Tensor argmax(Tensor input) => input.argmax();

    /// <inheritdoc cref="Tensor.argmax(long, bool)"/>
    public static Tensor argmax(Tensor input, long dim, bool keepdim = false) => input.argmax(dim, keepdim);

    /// <inheritdoc cref="Tensor.argmin()"/>
    public static Tensor argmin(Tensor input) => input.argmin();

    /// <inheritdoc cref="Tensor.argmin(long, bool)"/>
    public static Tensor argmin(Tensor input, long dim, bool keepdim = false) => input.argmin(dim, keepdim);

    /// <inheritdoc cref="Tensor.all()"/>
    public static Tensor all(Tensor input) => input.all();

    /// <inheritdoc cref="Tensor.all(long, bool)"/>
    public static Tensor all(Tensor input, long dim, bool keepdim = false) => input.all(dim, keepdim);

    /// <inheritdoc cref="Tensor.any()"/>
    public static Tensor any(Tensor input) => input.any();

    /// <inheritdoc cref="Tensor.any(long, bool)"/>
    public static Tensor any(Tensor input, long dim, bool keepdim = false) => input.any(dim, keepdim);
}
