using SegLstm.Torch;

namespace TorchSharp;

// Elements chosen by position.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The slice at <c>index</c> along <c>dim</c>, without that dimension.</summary>
        public Tensor select(long dim, long index) => select_int_op.Invoke(this, dim, index);

        /// <summary>The <c>length</c> slices from <c>start</c> along <c>dim</c>.</summary>
        public Tensor narrow(long dim, long start, long length) => narrow_op.Invoke(this, dim, start, length);

        /// <summary>The slices from <c>start</c> to <c>finish</c>, <c>step</c> apart, along <c>dim</c>.</summary>
        public Tensor slice(long dim, long start, long finish, long step) => slice_tensor_op.Invoke(this, dim, start, finish, step);

        /// <summary>The slices along <c>dim</c> at the positions in <c>index</c>.</summary>
        public Tensor index_select(long dim, Tensor index) => index_select_op.Invoke(this, dim, index);

        /// <summary>Elements at the positions <c>index</c> along <c>dim</c>: the result has the shape of <c>index</c>.</summary>
        public Tensor gather(long dim, Tensor index) => gather_op.Invoke(this, dim, index);

        /// <summary>Elements at the given positions of the flattened tensor.</summary>
        public Tensor take(Tensor index) => take_op.Invoke(this, index);

        /// <summary>Elements at the given positions along <c>dim</c> (flattened where there is none), broadcast.</summary>
        public Tensor take_along_dim(Tensor indices) => take_along_dim_op.Invoke(this, indices);

        /// <inheritdoc cref="take_along_dim(Tensor)"/>
        public Tensor take_along_dim(IEnumerable<long> indices) => take_along_dim(tensor(indices.ToArray(), ScalarType.Int64, device));

        /// <inheritdoc cref="take_along_dim(Tensor)"/>
        public Tensor take_along_dim(Tensor indices, long dim) => take_along_dim_op.Invoke(this, indices, dim);

        /// <inheritdoc cref="take_along_dim(Tensor)"/>
        public Tensor take_along_dim(IEnumerable<long> indices, long dim) => take_along_dim(tensor(indices.ToArray(), ScalarType.Int64, device), dim);

        /// <summary>The elements where <c>mask</c> is true, in one dimension.</summary>
        public Tensor masked_select(Tensor mask) => masked_select_op.Invoke(this, mask);

        /// <summary>The positions of the elements that are not zero, one a row.</summary>
        public Tensor nonzero() => nonzero_op.Invoke(this);

        /// <summary>The positions of the elements that are not zero, one tensor (n, 1) a dimension.</summary>
        public IList<Tensor> nonzero_as_list()
        {
            using Tensor positions = nonzero();
            return positions.chunk(positions.shape[1], dim: 1);
        }

        /// <summary>The positions of the elements that are not zero, one a row.</summary>
        public Tensor argwhere() => argwhere_op.Invoke(this);

        /// <summary>The elements of this tensor where <c>condition</c> is true, otherwise those of <c>y</c>.</summary>
        public Tensor where(Tensor condition, Tensor y) => where_self_op.Invoke(condition, this, y);

        private static readonly Operator
            argwhere_op = new("aten::argwhere"),
            gather_op = new("aten::gather"),
            index_select_op = new("aten::index_select"),
            masked_select_op = new("aten::masked_select"),
            narrow_op = new("aten::narrow"),
            nonzero_op = new("aten::nonzero"),
            select_int_op = new("aten::select", "int"),
            slice_tensor_op = new("aten::slice", "Tensor"),
            take_along_dim_op = new("aten::take_along_dim"),
            take_op = new("aten::take"),
            where_self_op = new("aten::where", "self");
    }

    /// <inheritdoc cref="Tensor.select(long, long)"/>
    public static Tensor select(Tensor input, long dim, long index) => input.select(dim, index);

    /// <inheritdoc cref="Tensor.narrow(long, long, long)"/>
    public static Tensor narrow(Tensor input, long dim, long start, long length) => input.narrow(dim, start, length);

    /// <inheritdoc cref="Tensor.index_select(long, Tensor)"/>
    public static Tensor index_select(Tensor input, long dim, Tensor index) => input.index_select(dim, index);

    /// <inheritdoc cref="Tensor.gather(long, Tensor)"/>
    public static Tensor gather(Tensor input, long dim, Tensor index) => input.gather(dim, index);

    /// <inheritdoc cref="Tensor.gather(long, Tensor)"/>
    public static Tensor gather(Tensor input, long dim, Tensor index, bool sparse_grad = false) => gather_op.Invoke(input, dim, index, sparse_grad);

    /// <inheritdoc cref="Tensor.take(Tensor)"/>
    public static Tensor take(Tensor input, Tensor index) => input.take(index);

    /// <inheritdoc cref="Tensor.take_along_dim(Tensor, long)"/>
    public static Tensor take_along_dim(Tensor input, Tensor indices, long dim = 0) => input.take_along_dim(indices, dim);

    /// <inheritdoc cref="Tensor.take_along_dim(IEnumerable{long}, long)"/>
    public static Tensor take_along_dim(Tensor input, IEnumerable<long> indices, long dim = 0) => input.take_along_dim(indices, dim);

    /// <inheritdoc cref="Tensor.masked_select(Tensor)"/>
    public static Tensor masked_select(Tensor input, Tensor mask) => input.masked_select(mask);

    /// <inheritdoc cref="Tensor.nonzero()"/>
    public static Tensor nonzero(Tensor input) => input.nonzero();

    /// <inheritdoc cref="Tensor.argwhere()"/>
    public static Tensor argwhere(Tensor input) => input.argwhere();

    /// <inheritdoc cref="Tensor.where(Tensor, Tensor)"/>
    public static Tensor where(Tensor condition, Tensor x, Tensor y) => x.where(condition, y);

    /// <inheritdoc cref="Tensor.where(Tensor, Tensor)"/>
    public static Tensor[] where(Tensor condition) => where_op.InvokeList(condition);

    private static readonly Operator
        gather_op = new("aten::gather"),
        where_op = new("aten::where");
}
