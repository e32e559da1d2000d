using SegLstm.Torch;

namespace TorchSharp;

// Bitwise operators of integers and booleans.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Bitwise and.</summary>
        public Tensor bitwise_and(Tensor other) => bitwise_and_tensor_op.Invoke(this, other);

        /// <summary>In place: bitwise and.</summary>
        public Tensor bitwise_and_(Tensor other) { bitwise_and_inplace_tensor_op.InvokeVoid(this, other); return this; }

        /// <summary>Bitwise or.</summary>
        public Tensor bitwise_or(Tensor other) => bitwise_or_tensor_op.Invoke(this, other);

        /// <summary>In place: bitwise or.</summary>
        public Tensor bitwise_or_(Tensor other) { bitwise_or_inplace_tensor_op.InvokeVoid(this, other); return this; }

        /// <summary>Bitwise exclusive or.</summary>
        public Tensor bitwise_xor(Tensor other) => bitwise_xor_tensor_op.Invoke(this, other);

        /// <summary>In place: bitwise exclusive or.</summary>
        public Tensor bitwise_xor_(Tensor other) { bitwise_xor_inplace_tensor_op.InvokeVoid(this, other); return this; }

        /// <summary>Bitwise not; logical not for booleans.</summary>
        public Tensor bitwise_not() => bitwise_not_op.Invoke(this);

        /// <summary>In place: bitwise not; logical not for booleans.</summary>
        public Tensor bitwise_not_() { bitwise_not_inplace_op.InvokeVoid(this); return this; }

        /// <summary>Each element shifted left by <c>other</c> bits.</summary>
        public Tensor bitwise_left_shift(Tensor other) => bitwise_left_shift_tensor_op.Invoke(this, other);

        /// <summary>In place: each element shifted left by <c>other</c> bits.</summary>
        public Tensor bitwise_left_shift_(Tensor other) { bitwise_left_shift_inplace_tensor_op.InvokeVoid(this, other); return this; }

        /// <summary>Each element shifted right by <c>other</c> bits, keeping its sign.</summary>
        public Tensor bitwise_right_shift(Tensor other) => bitwise_right_shift_tensor_op.Invoke(this, other);

        /// <summary>In place: each element shifted right by <c>other</c> bits, keeping its sign.</summary>
        public Tensor bitwise_right_shift_(Tensor other) { bitwise_right_shift_inplace_tensor_op.InvokeVoid(this, other); return this; }

        private static readonly Operator
            bitwise_and_inplace_tensor_op = new("aten::bitwise_and_", "Tensor"),
            bitwise_and_tensor_op = new("aten::bitwise_and", "Tensor"),
            bitwise_left_shift_inplace_tensor_op = new("aten::bitwise_left_shift_", "Tensor"),
            bitwise_left_shift_tensor_op = new("aten::bitwise_left_shift", "Tensor"),
            bitwise_not_inplace_op = new("aten::bitwise_not_"),
            bitwise_not_op = new("aten::bitwise_not"),
            bitwise_or_inplace_tensor_op = new("aten::bitwise_or_", "Tensor"),
            bitwise_or_tensor_op = new("aten::bitwise_or", "Tensor"),
            bitwise_right_shift_inplace_tensor_op = new("aten::bitwise_right_shift_", "Tensor"),
            bitwise_right_shift_tensor_op = new("aten::bitwise_right_shift", "Tensor"),
            bitwise_xor_inplace_tensor_op = new("aten::bitwise_xor_", "Tensor"),
            bitwise_xor_tensor_op = new("aten::bitwise_xor", "Tensor");
    }

    /// <inheritdoc cref="Tensor.bitwise_and(Tensor)"/>
    public static Tensor bitwise_and(Tensor left, Tensor right) => left.bitwise_and(right);

    /// <inheritdoc cref="Tensor.bitwise_and_(Tensor)"/>
    public static Tensor bitwise_and_(Tensor left, Tensor right) => left.bitwise_and_(right);

    /// <inheritdoc cref="Tensor.bitwise_or(Tensor)"/>
    public static Tensor bitwise_or(Tensor left, Tensor right) => left.bitwise_or(right);

    /// <inheritdoc cref="Tensor.bitwise_or_(Tensor)"/>
    public static Tensor bitwise_or_(Tensor left, Tensor right) => left.bitwise_or_(right);

    /// <inheritdoc cref="Tensor.bitwise_xor(Tensor)"/>
    public static Tensor bitwise_xor(Tensor left, Tensor right) => left.bitwise_xor(right);

    /// <inheritdoc cref="Tensor.bitwise_xor_(Tensor)"/>
    public static Tensor bitwise_xor_(Tensor left, Tensor right) => left.bitwise_xor_(right);

    /// <inheritdoc cref="Tensor.bitwise_not()"/>
    public static Tensor bitwise_not(Tensor input) => input.bitwise_not();

    /// <inheritdoc cref="Tensor.bitwise_not_()"/>
    public static Tensor bitwise_not_(Tensor input) => input.bitwise_not_();

    /// <inheritdoc cref="Tensor.bitwise_left_shift(Tensor)"/>
    public static Tensor bitwise_left_shift(Tensor left, Tensor right) => left.bitwise_left_shift(right);

    /// <inheritdoc cref="Tensor.bitwise_left_shift_(Tensor)"/>
    public static Tensor bitwise_left_shift_(Tensor left, Tensor right) => left.bitwise_left_shift_(right);

    /// <inheritdoc cref="Tensor.bitwise_right_shift(Tensor)"/>
    public static Tensor bitwise_right_shift(Tensor left, Tensor right) => left.bitwise_right_shift(right);

    /// <inheritdoc cref="Tensor.bitwise_right_shift_(Tensor)"/>
    public static Tensor bitwise_right_shift_(Tensor left, Tensor right) => left.bitwise_right_shift_(right);
}
