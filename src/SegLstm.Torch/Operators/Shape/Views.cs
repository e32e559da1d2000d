using SegLstm.Torch;

namespace TorchSharp;

// Other shapes of the same elements.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The same memory with another shape; -1 stands for what remains. An error where strides forbid it.</summary>
        public Tensor view(params long[] shape) => view_op.Invoke(this, shape);

        /// <summary>The same memory with the shape of <c>other</c>.</summary>
        public Tensor view_as(Tensor other) => view_as_op.Invoke(this, other);

        /// <summary>Another shape, as a view where possible, otherwise a copy; -1 stands for what remains.</summary>
        public Tensor reshape(params long[] shape) => reshape_op.Invoke(this, shape);

        /// <summary>The dimensions <c>start_dim</c> to <c>end_dim</c> merged into one.</summary>
        public Tensor flatten(long start_dim = 0, long end_dim = -1) => flatten_using_ints_op.Invoke(this, start_dim, end_dim);

        /// <summary>One dimension split into several.</summary>
        public Tensor unflatten(long dim, params long[] sizes) => unflatten_int_op.Invoke(this, dim, sizes);

        /// <inheritdoc cref="unflatten(long, long[])"/>
        public Tensor unflatten(long dim, Size sizes) => unflatten(dim, sizes.Shape);

        /// <summary>All elements in one dimension.</summary>
        public Tensor ravel() => ravel_op.Invoke(this);

        /// <summary>Without the dimensions of size 1, or without <c>dim</c> where its size is 1.</summary>
        public Tensor squeeze(long? dim = null) => dim is { } one ? squeeze_dim_op.Invoke(this, one) : squeeze_op.Invoke(this);

        /// <summary>In place: without the dimensions of size 1, or without <c>dim</c> where its size is 1.</summary>
        public Tensor squeeze_(long? dim = null)
        {
            if (dim is { } one) squeeze_inplace_dim_op.InvokeVoid(this, one);
            else squeeze_inplace_op.InvokeVoid(this);
            return this;
        }

        /// <summary>With a new dimension of size 1 at <c>dim</c>.</summary>
        public Tensor unsqueeze(long dim) => unsqueeze_op.Invoke(this, dim);

        /// <summary>In place: with a new dimension of size 1 at <c>dim</c>.</summary>
        public Tensor unsqueeze_(long dim) { unsqueeze_inplace_op.InvokeVoid(this, dim); return this; }

        /// <summary>A view in which dimensions of size 1 are repeated without copying; -1 keeps a dimension.</summary>
        public Tensor expand(ReadOnlySpan<long> sizes, bool isImplicit = false) => expand_op.Invoke(this, sizes.ToArray(), isImplicit);

        /// <inheritdoc cref="expand(ReadOnlySpan{long}, bool)"/>
        public Tensor expand(Size sizes, bool isImplicit = false) => expand_op.Invoke(this, sizes.Shape, isImplicit);

        /// <inheritdoc cref="expand(ReadOnlySpan{long}, bool)"/>
        public Tensor expand(long[] sizes, bool isImplicit = false) => expand_op.Invoke(this, sizes, isImplicit);

        /// <inheritdoc cref="expand(ReadOnlySpan{long}, bool)"/>
        public Tensor expand(params long[] sizes) => expand_op.Invoke(this, sizes);

        /// <summary>A view expanded to the shape of <c>other</c>.</summary>
        public Tensor expand_as(Tensor other) => expand_as_op.Invoke(this, other);

        /// <summary>A view expanded to <c>shape</c>.</summary>
        public Tensor broadcast_to(params long[] shape) => broadcast_to_op.Invoke(this, shape);

        /// <summary>With at least one dimension.</summary>
        public Tensor atleast_1d() => atleast_1d_op.Invoke(this);

        /// <summary>With at least two dimensions.</summary>
        public Tensor atleast_2d() => atleast_2d_op.Invoke(this);

        /// <summary>With at least three dimensions.</summary>
        public Tensor atleast_3d() => atleast_3d_op.Invoke(this);

        /// <summary>A view with the given size, strides and offset into the storage, in elements.</summary>
        public Tensor as_strided(long[] size, long[] strides, long storageOffset = 0) => as_strided_op.Invoke(this, size, strides, storageOffset);

        /// <summary>All slices of <c>size</c> along <c>dimension</c>, <c>step</c> apart, in a new last dimension.</summary>
        public Tensor unfold(long dimension, long size, long step) => unfold_op.Invoke(this, dimension, size, step);

        private static readonly Operator
            as_strided_op = new("aten::as_strided"),
            atleast_1d_op = new("aten::atleast_1d"),
            atleast_2d_op = new("aten::atleast_2d"),
            atleast_3d_op = new("aten::atleast_3d"),
            broadcast_to_op = new("aten::broadcast_to"),
            expand_as_op = new("aten::expand_as"),
            expand_op = new("aten::expand"),
            flatten_using_ints_op = new("aten::flatten", "using_ints"),
            ravel_op = new("aten::ravel"),
            reshape_op = new("aten::reshape"),
            squeeze_dim_op = new("aten::squeeze", "dim"),
            squeeze_inplace_dim_op = new("aten::squeeze_", "dim"),
            squeeze_inplace_op = new("aten::squeeze_"),
            squeeze_op = new("aten::squeeze"),
            unflatten_int_op = new("aten::unflatten", "int"),
            unfold_op = new("aten::unfold"),
            unsqueeze_inplace_op = new("aten::unsqueeze_"),
            unsqueeze_op = new("aten::unsqueeze"),
            view_as_op = new("aten::view_as"),
            view_op = new("aten::view");
    }

    /// <inheritdoc cref="Tensor.reshape(long[])"/>
    public static Tensor reshape(Tensor input, params long[] shape) => input.reshape(shape);

    /// <inheritdoc cref="Tensor.flatten(long, long)"/>
    public static Tensor flatten(Tensor input, long start_dim = 0, long end_dim = -1) => input.flatten(start_dim, end_dim);

    /// <inheritdoc cref="Tensor.unflatten(long, long[])"/>
    public static Tensor unflatten(Tensor input, long dim, params long[] sizes) => input.unflatten(dim, sizes);

    /// <inheritdoc cref="Tensor.unflatten(long, Size)"/>
    public static Tensor unflatten(Tensor input, long dim, Size sizes) => input.unflatten(dim, sizes);

    /// <inheritdoc cref="Tensor.ravel()"/>
    public static Tensor ravel(Tensor input) => input.ravel();

    /// <inheritdoc cref="Tensor.squeeze(long?)"/>
    public static Tensor squeeze(Tensor input, long? dim = null) => input.squeeze(dim);

    /// <inheritdoc cref="Tensor.squeeze_(long?)"/>
    public static Tensor squeeze_(Tensor input, long? dim = null) => input.squeeze_(dim);

    /// <inheritdoc cref="Tensor.unsqueeze(long)"/>
    public static Tensor unsqueeze(Tensor input, long dim) => input.unsqueeze(dim);

    /// <inheritdoc cref="Tensor.unsqueeze_(long)"/>
    public static Tensor unsqueeze_(Tensor input, long dim) => input.unsqueeze_(dim);

    /// <inheritdoc cref="Tensor.broadcast_to(long[])"/>
    public static Tensor broadcast_to(Tensor input, params long[] shape) => input.broadcast_to(shape);

    /// <inheritdoc cref="Tensor.atleast_1d()"/>
    public static IEnumerable<Tensor> atleast_1d(params Tensor[] input) => atleast_1d_sequence_op.InvokeList(input);

    /// <inheritdoc cref="Tensor.atleast_2d()"/>
    public static IEnumerable<Tensor> atleast_2d(params Tensor[] input) => atleast_2d_sequence_op.InvokeList(input);

    /// <inheritdoc cref="Tensor.atleast_3d()"/>
    public static IEnumerable<Tensor> atleast_3d(params Tensor[] input) => atleast_3d_sequence_op.InvokeList(input);

    private static readonly Operator
        atleast_1d_sequence_op = new("aten::atleast_1d", "Sequence"),
        atleast_2d_sequence_op = new("aten::atleast_2d", "Sequence"),
        atleast_3d_sequence_op = new("aten::atleast_3d", "Sequence");
}
