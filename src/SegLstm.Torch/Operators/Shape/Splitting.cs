using SegLstm.Torch;

namespace TorchSharp;

// Parts of a tensor, as views.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Parts of the given size or sizes along <c>dim</c>; the last may be smaller.</summary>
        public Tensor[] split(long size, int dim = 0) => split_tensor_op.InvokeList(this, size, dim);

        /// <inheritdoc cref="split(long, int)"/>
        public Tensor[] split(ReadOnlySpan<long> sizes, long dim = 0) => split_with_sizes_op.InvokeList(this, sizes.ToArray(), dim);

        /// <inheritdoc cref="split(long, int)"/>
        public Tensor[] split(long[] sizes, long dim = 0) => split_with_sizes_op.InvokeList(this, sizes, dim);

        /// <inheritdoc cref="split(long, int)"/>
        public Tensor[] split(params long[] sizes) => split_with_sizes_op.InvokeList(this, sizes);

        /// <summary>At most <c>chunks</c> parts of equal size along <c>dim</c>; the last may be smaller.</summary>
        public Tensor[] chunk(long chunks, long dim = 0) => chunk_op.InvokeList(this, chunks, dim);

        /// <summary>So many nearly equal parts along <c>dim</c>, or parts that begin at the given positions.</summary>
        public Tensor[] tensor_split(long size, long dim = 0) => tensor_split_sections_op.InvokeList(this, size, dim);

        /// <inheritdoc cref="tensor_split(long, long)"/>
        public Tensor[] tensor_split(long[] sizes, long dim = 0) => tensor_split_indices_op.InvokeList(this, sizes, dim);

        /// <inheritdoc cref="tensor_split(long, long)"/>
        public Tensor[] tensor_split(Tensor indices, long dim = 0) => tensor_split_tensor_indices_or_sections_op.InvokeList(this, indices, dim);

        /// <summary>Columns split (for one dimension, the elements).</summary>
        public Tensor[] hsplit(long size) => hsplit_int_op.InvokeList(this, size);

        /// <inheritdoc cref="hsplit(long)"/>
        public Tensor[] hsplit(params long[] sizes) => hsplit_array_op.InvokeList(this, sizes);

        /// <inheritdoc cref="hsplit(long)"/>
        public Tensor[] hsplit(Tensor indices) => hsplit(indices.to_type(ScalarType.Int64).data<long>().ToArray());

        /// <summary>Rows split.</summary>
        public Tensor[] vsplit(long size) => vsplit_int_op.InvokeList(this, size);

        /// <inheritdoc cref="vsplit(long)"/>
        public Tensor[] vsplit(params long[] sizes) => vsplit_array_op.InvokeList(this, sizes);

        /// <inheritdoc cref="vsplit(long)"/>
        public Tensor[] vsplit(Tensor indices) => vsplit(indices.to_type(ScalarType.Int64).data<long>().ToArray());

        /// <summary>The third dimension split.</summary>
        public Tensor[] dsplit(long size) => dsplit_int_op.InvokeList(this, size);

        /// <inheritdoc cref="dsplit(long)"/>
        public Tensor[] dsplit((long, long) indices_or_sections) => dsplit([indices_or_sections.Item1, indices_or_sections.Item2]);

        /// <inheritdoc cref="dsplit(long)"/>
        public Tensor[] dsplit((long, long, long) indices_or_sections)
            => dsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3]);

        /// <inheritdoc cref="dsplit(long)"/>
        public Tensor[] dsplit((long, long, long, long) indices_or_sections) => dsplit(
            [indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4]);

        /// <inheritdoc cref="dsplit(long)"/>
        public Tensor[] dsplit(params long[] sizes) => dsplit_array_op.InvokeList(this, sizes);

        /// <inheritdoc cref="dsplit(long)"/>
        public Tensor[] dsplit(Tensor indices) => dsplit(indices.to_type(ScalarType.Int64).data<long>().ToArray());

        /// <summary>The slices along a dimension, without it.</summary>
        public Tensor[] unbind(long dimension = 0) => unbind_int_op.InvokeList(this, dimension);

        private static readonly Operator
            chunk_op = new("aten::chunk"),
            dsplit_array_op = new("aten::dsplit", "array"),
            dsplit_int_op = new("aten::dsplit", "int"),
            hsplit_array_op = new("aten::hsplit", "array"),
            hsplit_int_op = new("aten::hsplit", "int"),
            split_tensor_op = new("aten::split", "Tensor"),
            split_with_sizes_op = new("aten::split_with_sizes"),
            tensor_split_indices_op = new("aten::tensor_split", "indices"),
            tensor_split_sections_op = new("aten::tensor_split", "sections"),
            tensor_split_tensor_indices_or_sections_op = new("aten::tensor_split", "tensor_indices_or_sections"),
            unbind_int_op = new("aten::unbind", "int"),
            vsplit_array_op = new("aten::vsplit", "array"),
            vsplit_int_op = new("aten::vsplit", "int");
    }

    /// <inheritdoc cref="Tensor.split(long[], long)"/>
    public static Tensor[] split(Tensor tensor, long[] split_size_or_sections, long dim = 0) => tensor.split(split_size_or_sections, dim);

    /// <inheritdoc cref="Tensor.chunk(long, long)"/>
    public static Tensor[] chunk(Tensor input, long chunks, long dim = 0) => input.chunk(chunks, dim);

    /// <inheritdoc cref="Tensor.tensor_split(long, long)"/>
    public static Tensor[] tensor_split(Tensor input, long indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    /// <inheritdoc cref="Tensor.tensor_split(long[], long)"/>
    public static Tensor[] tensor_split(Tensor input, long[] indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    /// <inheritdoc cref="Tensor.tensor_split(Tensor, long)"/>
    public static Tensor[] tensor_split(Tensor input, Tensor indices_or_sections, long dim = 0) => input.tensor_split(indices_or_sections, dim);

    /// <inheritdoc cref="Tensor.hsplit(Tensor)"/>
    public static Tensor[] hsplit(Tensor input, Tensor indices_or_sections) => input.hsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.hsplit(long)"/>
    public static Tensor[] hsplit(Tensor input, long indices_or_sections) => input.hsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.hsplit(long[])"/>
    public static Tensor[] hsplit(Tensor input, long[] indices_or_sections) => input.hsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.hsplit(long)"/>
    public static Tensor[] hsplit(Tensor input, (long, long) indices_or_sections)
        => input.hsplit([indices_or_sections.Item1, indices_or_sections.Item2]);

    /// <inheritdoc cref="Tensor.hsplit(long)"/>
    public static Tensor[] hsplit(Tensor input, (long, long, long) indices_or_sections)
        => input.hsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3]);

    /// <inheritdoc cref="Tensor.hsplit(long)"/>
    public static Tensor[] hsplit(Tensor input, (long, long, long, long) indices_or_sections)
        => input.hsplit([indices_or_sections.Item1, indices_or_sections.Item2, indices_or_sections.Item3, indices_or_sections.Item4]);

    /// <inheritdoc cref="Tensor.vsplit(long[])"/>
    public static Tensor[] vsplit(Tensor input, long[] indices_or_sections) => input.vsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.dsplit(Tensor)"/>
    public static Tensor[] dsplit(Tensor input, Tensor indices_or_sections) => input.dsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.dsplit(long)"/>
    public static Tensor[] dsplit(Tensor input, long size) => input.dsplit(size);

    /// <inheritdoc cref="Tensor.dsplit(long[])"/>
    public static Tensor[] dsplit(Tensor input, long[] indices_or_sections) => input.dsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.dsplit(ValueTuple{long, long})"/>
    public static Tensor[] dsplit(Tensor input, (long, long) indices_or_sections) => input.dsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.dsplit(ValueTuple{long, long, long})"/>
    public static Tensor[] dsplit(Tensor input, (long, long, long) indices_or_sections) => input.dsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.dsplit(ValueTuple{long, long, long, long})"/>
    public static Tensor[] dsplit(Tensor input, (long, long, long, long) indices_or_sections) => input.dsplit(indices_or_sections);

    /// <inheritdoc cref="Tensor.unbind(long)"/>
    public static Tensor[] unbind(Tensor tensor, int dim = 0) => unbind_int_op.InvokeList(tensor, dim);

    /// <inheritdoc cref="Tensor.unbind(long)"/>
    public static Tensor[] unbind(Tensor input, long dim = 0) => input.unbind(dim);

    private static readonly Operator
        unbind_int_op = new("aten::unbind", "int");
}
