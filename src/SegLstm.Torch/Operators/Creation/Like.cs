using SegLstm.Torch;

namespace TorchSharp;

// Tensors in the shape, element type and device of another, each of which may be chosen otherwise.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>An unset tensor in the shape of this tensor.</summary>
        public Tensor empty_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(empty_like_op.Invoke(this, dtype, Argument.None, device), requires_grad, null);

        /// <summary>Zeros in the shape of this tensor.</summary>
        public Tensor zeros_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(zeros_like_op.Invoke(this, dtype, Argument.None, device), requires_grad, null);

        /// <summary>Ones in the shape of this tensor.</summary>
        public Tensor ones_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(ones_like_op.Invoke(this, dtype, Argument.None, device), requires_grad, null);

        /// <summary>A tensor of <paramref name="value"/> in the shape of this one.</summary>
        public Tensor full_like(Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            Made(full_like_op.Invoke(this, value, dtype, Argument.None, device), requires_grad, null);

        private static readonly Operator
            empty_like_op = new("aten::empty_like"),
            full_like_op = new("aten::full_like"),
            ones_like_op = new("aten::ones_like"),
            zeros_like_op = new("aten::zeros_like");
    }

    /// <summary>An unset tensor in the shape of <paramref name="input"/>.</summary>
    public static Tensor empty_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(input.empty_like(dtype, device), requires_grad, names);

    /// <summary>Zeros in the shape of <paramref name="input"/>.</summary>
    public static Tensor zeros_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(input.zeros_like(dtype, device), requires_grad, names);

    /// <summary>Ones in the shape of <paramref name="input"/>.</summary>
    public static Tensor ones_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(input.ones_like(dtype, device), requires_grad, names);

    /// <summary>A tensor of <paramref name="value"/> in the shape of <paramref name="input"/>.</summary>
    public static Tensor full_like(Tensor input, Scalar value, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, string[]? names = null) =>
        Made(input.full_like(value, dtype, device), requires_grad, names);
}
