using SegLstm.Torch;

namespace TorchSharp;

// Trigonometric and hyperbolic functions, in radians.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sine of each element.</summary>
        public Tensor sin() => sin_op.Invoke(this);

        /// <summary>In place: the sine of each element.</summary>
        public Tensor sin_() { sin_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The cosine of each element.</summary>
        public Tensor cos() => cos_op.Invoke(this);

        /// <summary>In place: the cosine of each element.</summary>
        public Tensor cos_() { cos_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The tangent of each element.</summary>
        public Tensor tan() => tan_op.Invoke(this);

        /// <summary>In place: the tangent of each element.</summary>
        public Tensor tan_() { tan_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The arc sine of each element.</summary>
        public Tensor asin() => asin_op.Invoke(this);

        /// <summary>In place: the arc sine of each element.</summary>
        public Tensor asin_() { asin_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The arc sine of each element.</summary>
        public Tensor arcsin() => asin();

        /// <summary>In place: the arc sine of each element.</summary>
        public Tensor arcsin_() => asin_();

        /// <summary>The arc cosine of each element.</summary>
        public Tensor acos() => acos_op.Invoke(this);

        /// <summary>In place: the arc cosine of each element.</summary>
        public Tensor acos_() { acos_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The arc cosine of each element.</summary>
        public Tensor arccos() => acos();

        /// <summary>In place: the arc cosine of each element.</summary>
        public Tensor arccos_() => acos_();

        /// <summary>The arc tangent of each element.</summary>
        public Tensor atan() => atan_op.Invoke(this);

        /// <summary>In place: the arc tangent of each element.</summary>
        public Tensor atan_() { atan_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The arc tangent of each element.</summary>
        public Tensor arctan() => atan();

        /// <inheritdoc cref="arctan()"/>
        public Tensor arctan(Tensor other) => atan2(other);

        /// <summary>In place: the arc tangent of each element.</summary>
        public Tensor arctan_(Tensor other) => atan2_(other);

        /// <inheritdoc cref="arctan_(Tensor)"/>
        public Tensor arctan_() => atan_();

        /// <summary>The angle of the point (<c>other</c>, this), in its quadrant.</summary>
        public Tensor atan2(Tensor other) => atan2_op.Invoke(this, other);

        /// <summary>In place: the angle of the point (<c>other</c>, this), in its quadrant.</summary>
        public Tensor atan2_(Tensor other) { atan2_inplace_op.InvokeVoid(this, other); return this; }

        /// <summary>The angle of the point (<c>other</c>, this), in its quadrant.</summary>
        public Tensor arctan2(Tensor other) => atan2(other);

        /// <summary>In place: the angle of the point (<c>other</c>, this), in its quadrant.</summary>
        public Tensor arctan2_(Tensor other) => atan2_(other);

        /// <summary>The hyperbolic sine of each element.</summary>
        public Tensor sinh() => sinh_op.Invoke(this);

        /// <summary>In place: the hyperbolic sine of each element.</summary>
        public Tensor sinh_() { sinh_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The hyperbolic cosine of each element.</summary>
        public Tensor cosh() => cosh_op.Invoke(this);

        /// <summary>In place: the hyperbolic cosine of each element.</summary>
        public Tensor cosh_() { cosh_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The hyperbolic tangent of each element.</summary>
        public Tensor tanh() => tanh_op.Invoke(this);

        /// <summary>In place: the hyperbolic tangent of each element.</summary>
        public Tensor tanh_() { tanh_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The inverse hyperbolic sine of each element.</summary>
        public Tensor asinh() => asinh_op.Invoke(this);

        /// <summary>In place: the inverse hyperbolic sine of each element.</summary>
        public Tensor asinh_() { asinh_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The inverse hyperbolic sine of each element.</summary>
        public Tensor arcsinh() => asinh();

        /// <summary>In place: the inverse hyperbolic sine of each element.</summary>
        public Tensor arcsinh_() => asinh_();

        /// <summary>The inverse hyperbolic cosine of each element.</summary>
        public Tensor acosh() => acosh_op.Invoke(this);

        /// <summary>In place: the inverse hyperbolic cosine of each element.</summary>
        public Tensor acosh_() { acosh_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The inverse hyperbolic cosine of each element.</summary>
        public Tensor arccosh() => acosh();

        /// <summary>In place: the inverse hyperbolic cosine of each element.</summary>
        public Tensor arccosh_() => acosh_();

        /// <summary>The inverse hyperbolic tangent of each element.</summary>
        public Tensor atanh() => atanh_op.Invoke(this);

        /// <summary>In place: the inverse hyperbolic tangent of each element.</summary>
        public Tensor atanh_() { atanh_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The inverse hyperbolic tangent of each element.</summary>
        public Tensor arctanh() => atanh();

        /// <summary>In place: the inverse hyperbolic tangent of each element.</summary>
        public Tensor arctanh_() => atanh_();

        /// <summary>sin(pi x) / (pi x), and 1 at 0.</summary>
        public Tensor sinc() => sinc_op.Invoke(this);

        /// <summary>In place: sin(pi x) / (pi x), and 1 at 0.</summary>
        public Tensor sinc_() { sinc_inplace_op.InvokeVoid(this); return this; }

        /// <summary>Degrees to radians.</summary>
        public Tensor deg2rad() => deg2rad_op.Invoke(this);

        /// <summary>Radians to degrees.</summary>
        public Tensor rad2deg() => rad2deg_op.Invoke(this);

        /// <summary>The argument of each complex element; for reals 0, or pi where negative.</summary>
        public Tensor angle() => angle_op.Invoke(this);

        private static readonly Operator
            acos_inplace_op = new("aten::acos_"),
            acos_op = new("aten::acos"),
            acosh_inplace_op = new("aten::acosh_"),
            acosh_op = new("aten::acosh"),
            angle_op = new("aten::angle"),
            asin_inplace_op = new("aten::asin_"),
            asin_op = new("aten::asin"),
            asinh_inplace_op = new("aten::asinh_"),
            asinh_op = new("aten::asinh"),
            atan2_inplace_op = new("aten::atan2_"),
            atan2_op = new("aten::atan2"),
            atan_inplace_op = new("aten::atan_"),
            atan_op = new("aten::atan"),
            atanh_inplace_op = new("aten::atanh_"),
            atanh_op = new("aten::atanh"),
            cos_inplace_op = new("aten::cos_"),
            cos_op = new("aten::cos"),
            cosh_inplace_op = new("aten::cosh_"),
            cosh_op = new("aten::cosh"),
            deg2rad_op = new("aten::deg2rad"),
            rad2deg_op = new("aten::rad2deg"),
            sin_inplace_op = new("aten::sin_"),
            sin_op = new("aten::sin"),
            sinc_inplace_op = new("aten::sinc_"),
            sinc_op = new("aten::sinc"),
            sinh_inplace_op = new("aten::sinh_"),
            sinh_op = new("aten::sinh"),
            tan_inplace_op = new("aten::tan_"),
            tan_op = new("aten::tan"),
            tanh_inplace_op = new("aten::tanh_"),
            tanh_op = new("aten::tanh");
    }

    /// <inheritdoc cref="Tensor.sin()"/>
    public static Tensor sin(Tensor input) => input.sin();

    /// <inheritdoc cref="Tensor.sin_()"/>
    public static Tensor sin_(Tensor input) => input.sin_();

    /// <inheritdoc cref="Tensor.cos()"/>
    public static Tensor cos(Tensor input) => input.cos();

    /// <inheritdoc cref="Tensor.cos_()"/>
    public static Tensor cos_(Tensor input) => input.cos_();

    /// <inheritdoc cref="Tensor.tan()"/>
    public static Tensor tan(Tensor input) => input.tan();

    /// <inheritdoc cref="Tensor.tan_()"/>
    public static Tensor tan_(Tensor input) => input.tan_();

    /// <inheritdoc cref="Tensor.asin()"/>
    public static Tensor asin(Tensor input) => input.asin();

    /// <inheritdoc cref="Tensor.asin_()"/>
    public static Tensor asin_(Tensor input) => input.asin_();

    /// <inheritdoc cref="Tensor.arcsin()"/>
    public static Tensor arcsin(Tensor input) => input.arcsin();

    /// <inheritdoc cref="Tensor.arcsin_()"/>
    public static Tensor arcsin_(Tensor input) => input.arcsin_();

    /// <inheritdoc cref="Tensor.acos()"/>
    public static Tensor acos(Tensor input) => input.acos();

    /// <inheritdoc cref="Tensor.acos_()"/>
    public static Tensor acos_(Tensor input) => input.acos_();

    /// <inheritdoc cref="Tensor.arccos()"/>
    public static Tensor arccos(Tensor input) => input.arccos();

    /// <inheritdoc cref="Tensor.arccos_()"/>
    public static Tensor arccos_(Tensor input) => input.arccos_();

    /// <inheritdoc cref="Tensor.atan()"/>
    public static Tensor atan(Tensor input) => input.atan();

    /// <inheritdoc cref="Tensor.atan_()"/>
    public static Tensor atan_(Tensor input) => input.atan_();

    /// <inheritdoc cref="Tensor.arctan()"/>
    public static Tensor arctan(Tensor input) => input.arctan();

    /// <inheritdoc cref="Tensor.arctan(Tensor)"/>
    public static Tensor arctan(Tensor input, Tensor other) => input.arctan(other);

    /// <inheritdoc cref="Tensor.arctan_()"/>
    public static Tensor arctan_(Tensor input) => input.arctan_();

    /// <inheritdoc cref="Tensor.arctan_(Tensor)"/>
    public static Tensor arctan_(Tensor input, Tensor other) => input.arctan_(other);

    /// <inheritdoc cref="Tensor.atan2(Tensor)"/>
    public static Tensor atan2(Tensor input, Tensor other) => input.atan2(other);

    /// <inheritdoc cref="Tensor.atan2_(Tensor)"/>
    public static Tensor atan2_(Tensor input, Tensor other) => input.atan2_(other);

    /// <inheritdoc cref="Tensor.arctan2(Tensor)"/>
    public static Tensor arctan2(Tensor input, Tensor other) => input.arctan2(other);

    /// <inheritdoc cref="Tensor.arctan2_(Tensor)"/>
    public static Tensor arctan2_(Tensor input, Tensor other) => input.arctan2_(other);

    /// <inheritdoc cref="Tensor.sinh()"/>
    public static Tensor sinh(Tensor input) => input.sinh();

    /// <inheritdoc cref="Tensor.sinh_()"/>
    public static Tensor sinh_(Tensor input) => input.sinh_();

    /// <inheritdoc cref="Tensor.cosh()"/>
    public static Tensor cosh(Tensor input) => input.cosh();

    /// <inheritdoc cref="Tensor.cosh_()"/>
    public static Tensor cosh_(Tensor input) => input.cosh_();

    /// <inheritdoc cref="Tensor.tanh()"/>
    public static Tensor tanh(Tensor input) => input.tanh();

    /// <inheritdoc cref="Tensor.tanh_()"/>
    public static Tensor tanh_(Tensor input) => input.tanh_();

    /// <inheritdoc cref="Tensor.asinh()"/>
    public static Tensor asinh(Tensor input) => input.asinh();

    /// <inheritdoc cref="Tensor.asinh_()"/>
    public static Tensor asinh_(Tensor input) => input.asinh_();

    /// <inheritdoc cref="Tensor.arcsinh()"/>
    public static Tensor arcsinh(Tensor input) => input.arcsinh();

    /// <inheritdoc cref="Tensor.arcsinh_()"/>
    public static Tensor arcsinh_(Tensor input) => input.arcsinh_();

    /// <inheritdoc cref="Tensor.acosh()"/>
    public static Tensor acosh(Tensor input) => input.acosh();

    /// <inheritdoc cref="Tensor.acosh_()"/>
    public static Tensor acosh_(Tensor input) => input.acosh_();

    /// <inheritdoc cref="Tensor.arccosh()"/>
    public static Tensor arccosh(Tensor input) => input.arccosh();

    /// <inheritdoc cref="Tensor.arccosh_()"/>
    public static Tensor arccosh_(Tensor input) => input.arccosh_();

    /// <inheritdoc cref="Tensor.atanh()"/>
    public static Tensor atanh(Tensor input) => input.atanh();

    /// <inheritdoc cref="Tensor.atanh_()"/>
    public static Tensor atanh_(Tensor input) => input.atanh_();

    /// <inheritdoc cref="Tensor.arctanh()"/>
    public static Tensor arctanh(Tensor input) => input.arctanh();

    /// <inheritdoc cref="Tensor.arctanh_()"/>
    public static Tensor arctanh_(Tensor input) => input.arctanh_();

    /// <inheritdoc cref="Tensor.sinc()"/>
    public static Tensor sinc(Tensor input) => input.sinc();

    /// <inheritdoc cref="Tensor.sinc_()"/>
    public static Tensor sinc_(Tensor input) => input.sinc_();

    /// <inheritdoc cref="Tensor.deg2rad()"/>
    public static Tensor deg2rad(Tensor input) => input.deg2rad();

    /// <inheritdoc cref="Tensor.rad2deg()"/>
    public static Tensor rad2deg(Tensor input) => input.rad2deg();

    /// <inheritdoc cref="Tensor.angle()"/>
    public static Tensor angle(Tensor input) => input.angle();
}
