using SegLstm.Torch;

namespace TorchSharp;

// Whole tensors compared.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>True where equal, as <c>eq</c> (whole tensors are compared by <c>Equals</c>).</summary>
        public Tensor equal(Tensor target) => eq(target);

        /// <summary>Whether all elements are close: |this - target| at most atol + rtol |target|.</summary>
        public bool allclose(Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
            => allclose_op.InvokeBool(this, target, rtol, atol, equal_nan);

        /// <summary>Whether the only element is not zero; an error for other sizes.</summary>
        public bool is_nonzero() => is_nonzero_op.InvokeBool(this);

        private static readonly Operator
            allclose_op = new("aten::allclose"),
            is_nonzero_op = new("aten::is_nonzero");
    }

    /// <inheritdoc cref="Tensor.equal(Tensor)"/>
    public static Tensor equal(Tensor tensor, Tensor target) => tensor.equal(target);

    /// <inheritdoc cref="Tensor.allclose(Tensor, double, double, bool)"/>
    public static bool allclose(Tensor tensor, Tensor target, double rtol = 1e-05, double atol = 1e-08, bool equal_nan = false)
        => tensor.allclose(target, rtol, atol, equal_nan);

    /// <inheritdoc cref="Tensor.is_nonzero()"/>
    public static bool is_nonzero(Tensor input) => input.is_nonzero();
}
