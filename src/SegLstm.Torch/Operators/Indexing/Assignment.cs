using SegLstm.Torch;

namespace TorchSharp;

// Elements set by position.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary><c>value</c> where <c>mask</c> is true.</summary>
        public Tensor masked_fill(Tensor mask, Scalar value) => masked_fill_scalar_op.Invoke(this, mask, value);

        /// <summary>In place: <c>value</c> where <c>mask</c> is true.</summary>
        public Tensor masked_fill_(Tensor mask, Scalar value) { masked_fill_inplace_scalar_op.InvokeVoid(this, mask, value); return this; }

        /// <summary>The elements of <c>value</c>, one after another, where <c>mask</c> is true.</summary>
        public Tensor masked_scatter(Tensor mask, Tensor value) => masked_scatter_op.Invoke(this, mask, value);

        /// <summary>In place: the elements of <c>value</c>, one after another, where <c>mask</c> is true.</summary>
        public Tensor masked_scatter_(Tensor mask, Tensor value) { masked_scatter_inplace_op.InvokeVoid(this, mask, value); return this; }

        /// <summary>The elements of <c>src</c> written at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor scatter(long dim, Tensor index, Tensor src) => scatter_src_op.Invoke(this, dim, index, src);

        /// <summary>In place: the elements of <c>src</c> written at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor scatter_(long dim, Tensor index, Tensor src) { scatter_inplace_src_op.InvokeVoid(this, dim, index, src); return this; }

        /// <summary>The elements of <c>src</c> added at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor scatter_add(long dim, Tensor index, Tensor src) => scatter_add_op.Invoke(this, dim, index, src);

        /// <summary>In place: the elements of <c>src</c> added at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor scatter_add_(long dim, Tensor index, Tensor src) { scatter_add_inplace_op.InvokeVoid(this, dim, index, src); return this; }

        /// <summary><c>alpha</c> times the slices of <c>source</c> added at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor index_add(long dim, Tensor index, Tensor source, Scalar alpha) => index_add_op.Invoke(this, dim, index, source, alpha);

        /// <summary>In place: <c>alpha</c> times the slices of <c>source</c> added at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor index_add_(long dim, Tensor index, Tensor source, Scalar alpha)
        {
            index_add_inplace_op.InvokeVoid(this, dim, index, source, alpha);
            return this;
        }

        /// <summary>The slices of <c>source</c> written at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor index_copy(long dim, Tensor index, Tensor source) => index_copy_op.Invoke(this, dim, index, source);

        /// <summary>In place: the slices of <c>source</c> written at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor index_copy_(long dim, Tensor index, Tensor source) { index_copy_inplace_op.InvokeVoid(this, dim, index, source); return this; }

        /// <summary><c>value</c> written to the slices at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor index_fill(long dim, Tensor index, Scalar value) => index_fill_int_scalar_op.Invoke(this, dim, index, value);

        /// <summary>In place: <c>value</c> written to the slices at the positions <c>index</c> along <c>dim</c>.</summary>
        public Tensor index_fill_(long dim, Tensor index, Scalar value)
        {
            index_fill_inplace_int_scalar_op.InvokeVoid(this, dim, index, value);
            return this;
        }

        /// <summary>A copy whose slice at <c>index</c> along <c>dim</c> is <c>src</c>.</summary>
        public Tensor select_scatter(Tensor src, long dim, long index) => select_scatter_op.Invoke(this, src, dim, index);

        /// <summary>A copy whose slices from <c>start</c> to <c>end</c> along <c>dim</c> are <c>src</c>.</summary>
        public Tensor slice_scatter(Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1)
        {
            // Not aten::slice_scatter: libtorch 1.13 limits `end` by the size of the first dimension, whatever `dim` is.
            Tensor copy = clone();
            using Tensor part = slice_tensor_op.Invoke(copy, dim, start, end, step);
            if (!part.shape.AsSpan().SequenceEqual(src.shape))
                throw new System.Runtime.InteropServices.ExternalException(
                    $"expected src to have the size of the slice, {new Size(part.shape)}, got {new Size(src.shape)}");
            part.copy_(src);
            return copy;
        }

        private static readonly Operator
            index_add_inplace_op = new("aten::index_add_"),
            index_add_op = new("aten::index_add"),
            index_copy_inplace_op = new("aten::index_copy_"),
            index_copy_op = new("aten::index_copy"),
            index_fill_inplace_int_scalar_op = new("aten::index_fill_", "int_Scalar"),
            index_fill_int_scalar_op = new("aten::index_fill", "int_Scalar"),
            masked_fill_inplace_scalar_op = new("aten::masked_fill_", "Scalar"),
            masked_fill_scalar_op = new("aten::masked_fill", "Scalar"),
            masked_scatter_inplace_op = new("aten::masked_scatter_"),
            masked_scatter_op = new("aten::masked_scatter"),
            scatter_add_inplace_op = new("aten::scatter_add_"),
            scatter_add_op = new("aten::scatter_add"),
            scatter_inplace_src_op = new("aten::scatter_", "src"),
            scatter_src_op = new("aten::scatter", "src"),
            select_scatter_op = new("aten::select_scatter");
    }

    /// <inheritdoc cref="Tensor.scatter(long, Tensor, Tensor)"/>
    public static Tensor scatter(Tensor input, long dim, Tensor index, Tensor src) => input.scatter(dim, index, src);

    /// <inheritdoc cref="Tensor.scatter_(long, Tensor, Tensor)"/>
    public static Tensor scatter_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_(dim, index, src);

    /// <inheritdoc cref="Tensor.scatter_add(long, Tensor, Tensor)"/>
    public static Tensor scatter_add(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add(dim, index, src);

    /// <inheritdoc cref="Tensor.scatter_add_(long, Tensor, Tensor)"/>
    public static Tensor scatter_add_(Tensor input, long dim, Tensor index, Tensor src) => input.scatter_add_(dim, index, src);

    /// <inheritdoc cref="Tensor.index_add(long, Tensor, Tensor, Scalar)"/>
    public static Tensor index_add(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) => input.index_add(dim, index, source, alpha);

    /// <inheritdoc cref="Tensor.index_add_(long, Tensor, Tensor, Scalar)"/>
    public static Tensor index_add_(Tensor input, long dim, Tensor index, Tensor source, Scalar alpha) => input.index_add_(dim, index, source, alpha);

    /// <inheritdoc cref="Tensor.index_copy(long, Tensor, Tensor)"/>
    public static Tensor index_copy(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy(dim, index, source);

    /// <inheritdoc cref="Tensor.index_copy_(long, Tensor, Tensor)"/>
    public static Tensor index_copy_(Tensor input, long dim, Tensor index, Tensor source) => input.index_copy_(dim, index, source);

    /// <inheritdoc cref="Tensor.index_fill(long, Tensor, Scalar)"/>
    public static Tensor index_fill(Tensor input, long dim, Tensor index, Scalar value) => input.index_fill(dim, index, value);

    /// <inheritdoc cref="Tensor.index_fill_(long, Tensor, Scalar)"/>
    public static Tensor index_fill_(Tensor input, long dim, Tensor index, Scalar value) => input.index_fill_(dim, index, value);

    /// <inheritdoc cref="Tensor.select_scatter(Tensor, long, long)"/>
    public static Tensor select_scatter(Tensor input, Tensor src, long dim, long index) => input.select_scatter(src, dim, index);

    /// <inheritdoc cref="Tensor.slice_scatter(Tensor, long, long?, long?, long)"/>
    public static Tensor slice_scatter(Tensor input, Tensor src, long dim = 0, long? start = null, long? end = null, long step = 1)
        => input.slice_scatter(src, dim, start, end, step);
}
