using SegLstm.Torch;

namespace TorchSharp;

// Tensors of any shape with the element type and device of another.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>An unset tensor with this tensor's element type and device.</summary>
        public Tensor new_empty(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(new_empty_op.Invoke(this, size, dtype, Argument.None, device), requires_grad, null);

        /// <inheritdoc cref="new_empty(long[], ScalarType?, Device, bool)"/>
        public Tensor new_empty(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_empty(size.ToArray(), dtype, device, requires_grad);

        /// <inheritdoc cref="new_empty(long[], ScalarType?, Device, bool)"/>
        public Tensor new_empty(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_empty((long[])[size], dtype, device, requires_grad);

        /// <inheritdoc cref="new_empty(long[], ScalarType?, Device, bool)"/>
        public Tensor new_empty(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_empty((long[])[rows, columns], dtype, device, requires_grad);

        /// <inheritdoc cref="new_empty(long[], ScalarType?, Device, bool)"/>
        public Tensor new_empty(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_empty((long[])[dim0, dim1, dim2], dtype, device, requires_grad);

        /// <inheritdoc cref="new_empty(long[], ScalarType?, Device, bool)"/>
        public Tensor new_empty(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_empty((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

        /// <summary>Zeros with this tensor's element type and device.</summary>
        public Tensor new_zeros(long[] size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(new_zeros_op.Invoke(this, size, dtype, Argument.None, device), requires_grad, null);

        /// <inheritdoc cref="new_zeros(long[], ScalarType?, Device, bool)"/>
        public Tensor new_zeros(ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros(size.ToArray(), dtype, device, requires_grad);

        /// <inheritdoc cref="new_zeros(long[], ScalarType?, Device, bool)"/>
        public Tensor new_zeros(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros((long[])[size], dtype, device, requires_grad);

        /// <inheritdoc cref="new_zeros(long[], ScalarType?, Device, bool)"/>
        public Tensor new_zeros(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros((long[])[rows, columns], dtype, device, requires_grad);

        /// <inheritdoc cref="new_zeros(long[], ScalarType?, Device, bool)"/>
        public Tensor new_zeros(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros((long[])[dim0, dim1, dim2], dtype, device, requires_grad);

        /// <inheritdoc cref="new_zeros(long[], ScalarType?, Device, bool)"/>
        public Tensor new_zeros(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_zeros((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

        private Tensor OnesLike(long[] size, ScalarType? dtype, Device? device, bool requires_grad) =>
            Made(new_ones_op.Invoke(this, size, dtype, Argument.None, device), requires_grad, null);

        /// <summary>Ones with this tensor's element type and device.</summary>
        public Tensor new_ones(long size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            OnesLike((long[])[size], dtype, device, requires_grad);

        /// <inheritdoc cref="new_ones(long, ScalarType?, Device?, bool)"/>
        public Tensor new_ones(long rows, long columns, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            OnesLike((long[])[rows, columns], dtype, device, requires_grad);

        /// <inheritdoc cref="new_ones(long, ScalarType?, Device?, bool)"/>
        public Tensor new_ones(long dim0, long dim1, long dim2, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            OnesLike((long[])[dim0, dim1, dim2], dtype, device, requires_grad);

        /// <inheritdoc cref="new_ones(long, ScalarType?, Device?, bool)"/>
        public Tensor new_ones(long dim0, long dim1, long dim2, long dim3, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            OnesLike((long[])[dim0, dim1, dim2, dim3], dtype, device, requires_grad);

        /// <summary>A tensor of <paramref name="value"/> with this tensor's element type and device.</summary>
        public Tensor new_full(long[] size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(new_full_op.Invoke(this, size, value, dtype, Argument.None, device), requires_grad, null);

        /// <inheritdoc cref="new_full(long[], Scalar, ScalarType?, Device, bool)"/>
        public Tensor new_full(ReadOnlySpan<long> size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_full(size.ToArray(), value, dtype, device, requires_grad);

        /// <inheritdoc cref="new_full(long[], Scalar, ScalarType?, Device, bool)"/>
        public Tensor new_full(long size, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_full((long[])[size], value, dtype, device, requires_grad);

        /// <inheritdoc cref="new_full(long[], Scalar, ScalarType?, Device, bool)"/>
        public Tensor new_full(long rows, long columns, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_full((long[])[rows, columns], value, dtype, device, requires_grad);

        /// <inheritdoc cref="new_full(long[], Scalar, ScalarType?, Device, bool)"/>
        public Tensor new_full(long dim0, long dim1, long dim2, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_full((long[])[dim0, dim1, dim2], value, dtype, device, requires_grad);

        /// <inheritdoc cref="new_full(long[], Scalar, ScalarType?, Device, bool)"/>
        public Tensor new_full(long dim0, long dim1, long dim2, long dim3, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            new_full((long[])[dim0, dim1, dim2, dim3], value, dtype, device, requires_grad);

        private static readonly Operator
            new_empty_op = new("aten::new_empty"),
            new_full_op = new("aten::new_full"),
            new_ones_op = new("aten::new_ones"),
            new_zeros_op = new("aten::new_zeros");
    }
}
