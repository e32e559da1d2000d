using SegLstm.Torch;

namespace TorchSharp;

// Logical operators: an element counts as true where it is not zero.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>True where both are true.</summary>
        public Tensor logical_and(Tensor other) => logical_and_op.Invoke(this, other);

        /// <summary>In place: true where both are true.</summary>
        public Tensor logical_and_(Tensor other) { logical_and_inplace_op.InvokeVoid(this, other); return this; }

        /// <summary>True where either is true.</summary>
        public Tensor logical_or(Tensor other) => logical_or_op.Invoke(this, other);

        /// <summary>In place: true where either is true.</summary>
        public Tensor logical_or_(Tensor other) { logical_or_inplace_op.InvokeVoid(this, other); return this; }

        /// <summary>True where exactly one is true.</summary>
        public Tensor logical_xor(Tensor other) => logical_xor_op.Invoke(this, other);

        /// <summary>In place: true where exactly one is true.</summary>
        public Tensor logical_xor_(Tensor other) { logical_xor_inplace_op.InvokeVoid(this, other); return this; }

        /// <summary>True where the element is zero.</summary>
        public Tensor logical_not() => logical_not_op.Invoke(this);

        /// <summary>In place: true where the element is zero.</summary>
        public Tensor logical_not_() { logical_not_inplace_op.InvokeVoid(this); return this; }

        private static readonly Operator
            logical_and_inplace_op = new("aten::logical_and_"),
            logical_and_op = new("aten::logical_and"),
            logical_not_inplace_op = new("aten::logical_not_"),
            logical_not_op = new("aten::logical_not"),
            logical_or_inplace_op = new("aten::logical_or_"),
            logical_or_op = new("aten::logical_or"),
            logical_xor_inplace_op = new("aten::logical_xor_"),
            logical_xor_op = new("aten::logical_xor");
    }

    /// <inheritdoc cref="Tensor.logical_and(Tensor)"/>
    public static Tensor logical_and(Tensor left, Tensor right) => left.logical_and(right);

    /// <inheritdoc cref="Tensor.logical_and_(Tensor)"/>
    public static Tensor logical_and_(Tensor left, Tensor right) => left.logical_and_(right);

    /// <inheritdoc cref="Tensor.logical_or(Tensor)"/>
    public static Tensor logical_or(Tensor left, Tensor right) => left.logical_or(right);

    /// <inheritdoc cref="Tensor.logical_or_(Tensor)"/>
    public static Tensor logical_or_(Tensor left, Tensor right) => left.logical_or_(right);

    /// <inheritdoc cref="Tensor.logical_xor(Tensor)"/>
    public static Tensor logical_xor(Tensor left, Tensor right) => left.logical_xor(right);

    /// <inheritdoc cref="Tensor.logical_xor_(Tensor)"/>
    public static Tensor logical_xor_(Tensor left, Tensor right) => left.logical_xor_(right);

    /// <inheritdoc cref="Tensor.logical_not()"/>
    public static Tensor logical_not(Tensor input) => input.logical_not();
}
