using SegLstm.Torch;

namespace TorchSharp;

// Diagonals and triangles.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The lower triangle of each matrix, zeros above <c>diagonal</c>.</summary>
        public Tensor tril(long diagonal = 0) => tril_op.Invoke(this, diagonal);

        /// <summary>In place: the lower triangle of each matrix, zeros above <c>diagonal</c>.</summary>
        public Tensor tril_(long diagonal = 0) { tril_inplace_op.InvokeVoid(this, diagonal); return this; }

        /// <summary>The upper triangle of each matrix, zeros below <c>diagonal</c>.</summary>
        public Tensor triu(long diagonal = 0) => triu_op.Invoke(this, diagonal);

        /// <summary>In place: the upper triangle of each matrix, zeros below <c>diagonal</c>.</summary>
        public Tensor triu_(long diagonal = 0) { triu_inplace_op.InvokeVoid(this, diagonal); return this; }

        /// <summary>The diagonal of a matrix, or the matrix with this vector as its diagonal.</summary>
        public Tensor diag(long diagonal = 0) => diag_op.Invoke(this, diagonal);

        /// <summary>The matrix whose diagonal is the flattened tensor.</summary>
        public Tensor diagflat(long offset = 0) => diagflat_op.Invoke(this, offset);

        /// <summary>Matrices whose diagonals are the vectors of the last dimension.</summary>
        public Tensor diag_embed(long offset = 0, long dim1 = -2, long dim2 = -1) => diag_embed_op.Invoke(this, offset, dim1, dim2);

        /// <summary>The diagonals of the planes <c>dim1</c>, <c>dim2</c>, as a view.</summary>
        public Tensor diagonal(long offset = 0, long dim1 = 0, long dim2 = 1) => diagonal_op.Invoke(this, offset, dim1, dim2);

        /// <summary>A copy whose diagonals are <c>src</c>.</summary>
        public Tensor diagonal_scatter(Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1)
            => diagonal_scatter_op.Invoke(this, src, offset, dim1, dim2);

        /// <summary>The Vandermonde matrix of a vector.</summary>
        public Tensor vander(long N = -1, bool increasing = false) => vander_op.Invoke(this, N < 0 ? Argument.None : N, increasing);

        private static readonly Operator
            diag_embed_op = new("aten::diag_embed"),
            diag_op = new("aten::diag"),
            diagflat_op = new("aten::diagflat"),
            diagonal_op = new("aten::diagonal"),
            diagonal_scatter_op = new("aten::diagonal_scatter"),
            tril_inplace_op = new("aten::tril_"),
            tril_op = new("aten::tril"),
            triu_inplace_op = new("aten::triu_"),
            triu_op = new("aten::triu"),
            vander_op = new("aten::vander");
    }

    /// <inheritdoc cref="Tensor.tril(long)"/>
    public static Tensor tril(Tensor input, long diagonal = 0) => input.tril(diagonal);

    /// <inheritdoc cref="Tensor.tril_(long)"/>
    public static Tensor tril_(Tensor input, long diagonal = 0) => input.tril_(diagonal);

    /// <inheritdoc cref="Tensor.triu(long)"/>
    public static Tensor triu(Tensor input, long diagonal = 0) => input.triu(diagonal);

    /// <inheritdoc cref="Tensor.triu_(long)"/>
    public static Tensor triu_(Tensor input, long diagonal = 0) => input.triu_(diagonal);

    /// <summary>The row and column numbers of the lower triangle, (2, n).</summary>
    public static Tensor tril_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null)
        => tril_indices_op.Invoke(row, col, offset, dtype, Argument.None, device);

    /// <summary>The row and column numbers of the upper triangle, (2, n).</summary>
    public static Tensor triu_indices(long row, long col, long offset = 0, ScalarType dtype = ScalarType.Int64, Device? device = null)
        => triu_indices_op.Invoke(row, col, offset, dtype, Argument.None, device);

    /// <inheritdoc cref="Tensor.diag(long)"/>
    public static Tensor diag(Tensor input, long diagonal = 0) => input.diag(diagonal);

    /// <inheritdoc cref="Tensor.diagflat(long)"/>
    public static Tensor diagflat(Tensor input, long offset = 0) => input.diagflat(offset);

    /// <inheritdoc cref="Tensor.diag_embed(long, long, long)"/>
    public static Tensor diag_embed(Tensor input, long offset = 0, long dim1 = -2, long dim2 = -1) => input.diag_embed(offset, dim1, dim2);

    /// <inheritdoc cref="Tensor.diagonal(long, long, long)"/>
    public static Tensor diagonal(Tensor input, long offset = 0, long dim1 = 0, long dim2 = 1) => input.diagonal(offset, dim1, dim2);

    /// <inheritdoc cref="Tensor.diagonal_scatter(Tensor, long, long, long)"/>
    public static Tensor diagonal_scatter(Tensor input, Tensor src, long offset = 0, long dim1 = 0, long dim2 = 1)
        => input.diagonal_scatter(src, offset, dim1, dim2);

    /// <inheritdoc cref="Tensor.vander(long, bool)"/>
    public static Tensor vander(Tensor x, long N = -1, bool increasing = false) => x.vander(N, increasing);

    private static readonly Operator
        tril_indices_op = new("aten::tril_indices"),
        triu_indices_op = new("aten::triu_indices");
}
