using SegLstm.Torch;

namespace TorchSharp;

// Rounding, signs and absolute values.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The absolute value of each element.</summary>
        public Tensor abs() => abs_op.Invoke(this);

        /// <summary>In place: the absolute value of each element.</summary>
        public Tensor abs_() { abs_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The absolute value of each element.</summary>
        public Tensor absolute() => abs();

        /// <summary>In place: the absolute value of each element.</summary>
        public Tensor absolute_() => abs_();

        /// <summary>The smallest integer not below each element.</summary>
        public Tensor ceil() => ceil_op.Invoke(this);

        /// <summary>In place: the smallest integer not below each element.</summary>
        public Tensor ceil_() { ceil_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The largest integer not above each element.</summary>
        public Tensor floor() => floor_op.Invoke(this);

        /// <summary>In place: the largest integer not above each element.</summary>
        public Tensor floor_() { floor_inplace_op.InvokeVoid(this); return this; }

        /// <summary>Each element rounded to the nearest, halves to even, with <c>decimals</c> places kept.</summary>
        public Tensor round(long decimals = 0) => decimals == 0 ? round_op.Invoke(this) : round_decimals_op.Invoke(this, decimals);

        /// <summary>In place: each element rounded to the nearest, halves to even, with <c>decimals</c> places kept.</summary>
        public Tensor round_(long decimals = 0)
        {
            if (decimals == 0) round_inplace_op.InvokeVoid(this);
            else round_inplace_decimals_op.InvokeVoid(this, decimals);
            return this;
        }

        /// <summary>Each element without its fraction.</summary>
        public Tensor trunc() => trunc_op.Invoke(this);

        /// <summary>In place: each element without its fraction.</summary>
        public Tensor trunc_() { trunc_inplace_op.InvokeVoid(this); return this; }

        /// <summary>Each element without its fraction.</summary>
        public Tensor fix() => trunc();

        /// <summary>In place: each element without its fraction.</summary>
        public Tensor fix_() => trunc_();

        /// <summary>The fraction of each element, with its sign.</summary>
        public Tensor frac() => frac_op.Invoke(this);

        /// <summary>In place: the fraction of each element, with its sign.</summary>
        public Tensor frac_() { frac_inplace_op.InvokeVoid(this); return this; }

        /// <summary>-1, 0 or 1: the sign of each element.</summary>
        public Tensor sign() => sign_op.Invoke(this);

        /// <summary>In place: -1, 0 or 1: the sign of each element.</summary>
        public Tensor sign_() { sign_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The sign of each element; for complex numbers, the number divided by its absolute value.</summary>
        public Tensor sgn() => sgn_op.Invoke(this);

        /// <summary>In place: the sign of each element; for complex numbers, the number divided by its absolute value.</summary>
        public Tensor sgn_() { sgn_inplace_op.InvokeVoid(this); return this; }

        /// <summary>True where the sign bit is set, also for -0.</summary>
        public Tensor signbit() => signbit_op.Invoke(this);

        /// <summary>The magnitude of each element with the sign of <c>other</c>.</summary>
        public Tensor copysign(Tensor other) => copysign_tensor_op.Invoke(this, other);

        /// <summary>The next floating-point number after each element towards <c>other</c>.</summary>
        public Tensor nextafter(Tensor other) => nextafter_op.Invoke(this, other);

        /// <summary>Replaces NaN by <c>nan</c>, infinities by <c>posinf</c> and <c>neginf</c> (default: the type's largest and smallest finite values).</summary>
        public Tensor nan_to_num(double nan = 0, double? posinf = null, double? neginf = null) => nan_to_num_op.Invoke(this, nan, posinf, neginf);

        /// <summary>0 where negative, 1 where positive, <c>other</c> where zero.</summary>
        public Tensor heaviside(Tensor other) => heaviside_op.Invoke(this, other);

        private static readonly Operator
            abs_inplace_op = new("aten::abs_"),
            abs_op = new("aten::abs"),
            ceil_inplace_op = new("aten::ceil_"),
            ceil_op = new("aten::ceil"),
            copysign_tensor_op = new("aten::copysign", "Tensor"),
            floor_inplace_op = new("aten::floor_"),
            floor_op = new("aten::floor"),
            frac_inplace_op = new("aten::frac_"),
            frac_op = new("aten::frac"),
            heaviside_op = new("aten::heaviside"),
            nan_to_num_op = new("aten::nan_to_num"),
            nextafter_op = new("aten::nextafter"),
            round_decimals_op = new("aten::round", "decimals"),
            round_inplace_decimals_op = new("aten::round_", "decimals"),
            round_inplace_op = new("aten::round_"),
            round_op = new("aten::round"),
            sgn_inplace_op = new("aten::sgn_"),
            sgn_op = new("aten::sgn"),
            sign_inplace_op = new("aten::sign_"),
            sign_op = new("aten::sign"),
            signbit_op = new("aten::signbit"),
            trunc_inplace_op = new("aten::trunc_"),
            trunc_op = new("aten::trunc");
    }

    /// <inheritdoc cref="Tensor.abs()"/>
    public static Tensor abs(Tensor input) => input.abs();

    /// <inheritdoc cref="Tensor.abs_()"/>
    public static Tensor abs_(Tensor input) => input.abs_();

    /// <inheritdoc cref="Tensor.absolute()"/>
    public static Tensor absolute(Tensor input) => input.absolute();

    /// <inheritdoc cref="Tensor.absolute_()"/>
    public static Tensor absolute_(Tensor input) => input.absolute_();

    /// <inheritdoc cref="Tensor.ceil()"/>
    public static Tensor ceil(Tensor input) => input.ceil();

    /// <inheritdoc cref="Tensor.ceil_()"/>
    public static Tensor ceil_(Tensor input) => input.ceil_();

    /// <inheritdoc cref="Tensor.floor()"/>
    public static Tensor floor(Tensor input) => input.floor();

    /// <inheritdoc cref="Tensor.floor_()"/>
    public static Tensor floor_(Tensor input) => input.floor_();

    /// <inheritdoc cref="Tensor.round(long)"/>
    public static Tensor round(Tensor input, long decimals = 0) => input.round(decimals);

    /// <inheritdoc cref="Tensor.round_(long)"/>
    public static Tensor round_(Tensor input, long decimals = 0) => input.round_(decimals);

    /// <inheritdoc cref="Tensor.trunc()"/>
    public static Tensor trunc(Tensor input) => input.trunc();

    /// <inheritdoc cref="Tensor.trunc_()"/>
    public static Tensor trunc_(Tensor input) => input.trunc_();

    /// <inheritdoc cref="Tensor.fix()"/>
    public static Tensor fix(Tensor input) => input.fix();

    /// <inheritdoc cref="Tensor.fix_()"/>
    public static Tensor fix_(Tensor input) => input.fix_();

    /// <inheritdoc cref="Tensor.frac()"/>
    public static Tensor frac(Tensor input) => input.frac();

    /// <inheritdoc cref="Tensor.frac_()"/>
    public static Tensor frac_(Tensor input) => input.frac_();

    /// <inheritdoc cref="Tensor.sign()"/>
    public static Tensor sign(Tensor input) => input.sign();

    /// <inheritdoc cref="Tensor.sign_()"/>
    public static Tensor sign_(Tensor input) => input.sign_();

    /// <inheritdoc cref="Tensor.sgn()"/>
    public static Tensor sgn(Tensor input) => input.sgn();

    /// <inheritdoc cref="Tensor.sgn_()"/>
    public static Tensor sgn_(Tensor input) => input.sgn_();

    /// <inheritdoc cref="Tensor.signbit()"/>
    public static Tensor signbit(Tensor input) => input.signbit();

    /// <inheritdoc cref="Tensor.copysign(Tensor)"/>
    public static Tensor copysign(Tensor input, Tensor other) => input.copysign(other);

    /// <inheritdoc cref="Tensor.nextafter(Tensor)"/>
    public static Tensor nextafter(Tensor input, Tensor other) => input.nextafter(other);

    /// <inheritdoc cref="Tensor.nan_to_num(double, double?, double?)"/>
    public static Tensor nan_to_num(Tensor input, double nan = 0, double? posinf = null, double? neginf = null)
        => input.nan_to_num(nan, posinf, neginf);
}
