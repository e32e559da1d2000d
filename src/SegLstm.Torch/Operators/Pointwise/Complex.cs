using SegLstm.Torch;

namespace TorchSharp;

// Complex numbers: parts and conjugates.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The complex conjugate, as a lazy view.</summary>
        public Tensor conj() => conj_op.Invoke(this);

        /// <summary>The complex conjugate, computed at once.</summary>
        public Tensor conj_physical() => conj_physical_op.Invoke(this);

        /// <summary>In place: the complex conjugate, computed at once.</summary>
        public Tensor conj_physical_() { conj_physical_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The tensor with a pending conjugate computed.</summary>
        public Tensor resolve_conj() => resolve_conj_op.Invoke(this);

        /// <summary>The tensor with a pending negative computed.</summary>
        public Tensor resolve_neg() => resolve_neg_op.Invoke(this);

        /// <summary>Whether a conjugate is pending.</summary>
        public bool is_conj() => is_conj_op.InvokeBool(this);

        /// <summary>Whether a negative is pending.</summary>
        public bool is_neg() => is_neg_op.InvokeBool(this);

        /// <summary>The last dimension of size 2 seen as real and imaginary parts.</summary>
        public Tensor view_as_complex() => view_as_complex_op.Invoke(this);

        /// <summary>A complex tensor seen as reals with a last dimension of size 2.</summary>
        public Tensor view_as_real() => view_as_real_op.Invoke(this);

        private static readonly Operator
            conj_op = new("aten::conj"),
            conj_physical_inplace_op = new("aten::conj_physical_"),
            conj_physical_op = new("aten::conj_physical"),
            is_conj_op = new("aten::is_conj"),
            is_neg_op = new("aten::is_neg"),
            resolve_conj_op = new("aten::resolve_conj"),
            resolve_neg_op = new("aten::resolve_neg"),
            view_as_complex_op = new("aten::view_as_complex"),
            view_as_real_op = new("aten::view_as_real");
    }

    /// <inheritdoc cref="Tensor.conj()"/>
    public static Tensor conj(Tensor input) => input.conj();

    /// <inheritdoc cref="Tensor.conj_physical()"/>
    public static Tensor conj_physical(Tensor input) => input.conj_physical();

    /// <inheritdoc cref="Tensor.conj_physical_()"/>
    public static Tensor conj_physical_(Tensor input) => input.conj_physical_();

    /// <inheritdoc cref="Tensor.resolve_conj()"/>
    public static Tensor resolve_conj(Tensor input) => input.resolve_conj();

    /// <inheritdoc cref="Tensor.resolve_neg()"/>
    public static Tensor resolve_neg(Tensor input) => input.resolve_neg();

    /// <inheritdoc cref="Tensor.is_conj()"/>
    public static bool is_conj(Tensor input) => input.is_conj();

    /// <inheritdoc cref="Tensor.view_as_complex()"/>
    public static Tensor view_as_complex(Tensor input) => input.view_as_complex();

    /// <inheritdoc cref="Tensor.view_as_real()"/>
    public static Tensor view_as_real(Tensor input) => input.view_as_real();

    /// <summary>A complex tensor from its real and imaginary parts.</summary>
    public static Tensor complex(Tensor real, Tensor imag) => complex_op.Invoke(real, imag);

    /// <summary>A complex tensor from its absolute values and angles.</summary>
    public static Tensor polar(Tensor abs, Tensor angle) => polar_op.Invoke(abs, angle);

    /// <summary>The real part, as a view.</summary>
    public static Tensor real(Tensor input) => real_op.Invoke(input);

    /// <summary>The imaginary part, as a view.</summary>
    public static Tensor imag(Tensor input) => imag_op.Invoke(input);

    private static readonly Operator
        complex_op = new("aten::complex"),
        imag_op = new("aten::imag"),
        polar_op = new("aten::polar"),
        real_op = new("aten::real");
}
