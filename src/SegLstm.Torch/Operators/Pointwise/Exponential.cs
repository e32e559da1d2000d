using SegLstm.Torch;

namespace TorchSharp;

// Exponentials, logarithms, powers and roots.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>e to the power of each element.</summary>
        public Tensor exp() => exp_op.Invoke(this);

        /// <summary>In place: e to the power of each element.</summary>
        public Tensor exp_() { exp_inplace_op.InvokeVoid(this); return this; }

        /// <summary>2 to the power of each element.</summary>
        public Tensor exp2() => exp2_op.Invoke(this);

        /// <summary>e to the power of each element, minus 1, precise near 0.</summary>
        public Tensor expm1() => expm1_op.Invoke(this);

        /// <summary>In place: e to the power of each element, minus 1, precise near 0.</summary>
        public Tensor expm1_() { expm1_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The natural logarithm of each element.</summary>
        public Tensor log() => log_op.Invoke(this);

        /// <summary>In place: the natural logarithm of each element.</summary>
        public Tensor log_() { log_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The logarithm to base 2 of each element.</summary>
        public Tensor log2() => log2_op.Invoke(this);

        /// <summary>In place: the logarithm to base 2 of each element.</summary>
        public Tensor log2_() { log2_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The logarithm to base 10 of each element.</summary>
        public Tensor log10() => log10_op.Invoke(this);

        /// <summary>In place: the logarithm to base 10 of each element.</summary>
        public Tensor log10_() { log10_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The natural logarithm of 1 plus each element, precise near 0.</summary>
        public Tensor log1p() => log1p_op.Invoke(this);

        /// <summary>In place: the natural logarithm of 1 plus each element, precise near 0.</summary>
        public Tensor log1p_() { log1p_inplace_op.InvokeVoid(this); return this; }

        /// <summary>log(exp(x) + exp(y)) without overflow.</summary>
        public Tensor logaddexp(Tensor other) => logaddexp_op.Invoke(this, other);

        /// <summary>log2(2^x + 2^y) without overflow.</summary>
        public Tensor logaddexp2(Tensor other) => logaddexp2_op.Invoke(this, other);

        /// <summary>Each element to the power of <c>exponent</c>.</summary>
        public Tensor pow(Tensor exponent) => pow_tensor_tensor_op.Invoke(this, exponent);

        /// <inheritdoc cref="pow(Tensor)"/>
        public Tensor pow(Scalar exponent) => pow_tensor_scalar_op.Invoke(this, exponent);

        /// <summary>In place: each element to the power of <c>exponent</c>.</summary>
        public Tensor pow_(Tensor exponent) { pow_inplace_tensor_op.InvokeVoid(this, exponent); return this; }

        /// <inheritdoc cref="pow_(Tensor)"/>
        public Tensor pow_(Scalar exponent) { pow_inplace_scalar_op.InvokeVoid(this, exponent); return this; }

        /// <summary>Each element to the power of <c>target</c>, in double precision.</summary>
        public Tensor float_power(Tensor target) => float_power_tensor_tensor_op.Invoke(this, target);

        /// <summary>The square of each element.</summary>
        public Tensor square() => square_op.Invoke(this);

        /// <summary>The square root of each element.</summary>
        public Tensor sqrt() => sqrt_op.Invoke(this);

        /// <summary>In place: the square root of each element.</summary>
        public Tensor sqrt_() { sqrt_inplace_op.InvokeVoid(this); return this; }

        /// <summary>1 divided by the square root of each element.</summary>
        public Tensor rsqrt() => rsqrt_op.Invoke(this);

        /// <summary>In place: 1 divided by the square root of each element.</summary>
        public Tensor rsqrt_() { rsqrt_inplace_op.InvokeVoid(this); return this; }

        /// <summary>Each element times 2 to the power of <c>other</c>.</summary>
        public Tensor ldexp(Tensor other) => ldexp_tensor_op.Invoke(this, other);

        /// <summary>In place: each element times 2 to the power of <c>other</c>.</summary>
        public Tensor ldexp_(Tensor other) { ldexp_inplace_op.InvokeVoid(this, other); return this; }

        /// <summary>Splits each element into a mantissa in [0.5, 1) and an integer exponent of 2.</summary>
        public (Tensor Mantissa, Tensor Exponent) frexp() => frexp_tensor_op.Invoke2(this);

        /// <summary>x * log(y), and 0 where x is 0 whatever y is (but NaN where y is NaN).</summary>
        public Tensor xlogy(Tensor y) => xlogy_tensor_op.Invoke(this, y);

        /// <inheritdoc cref="xlogy(Tensor)"/>
        public Tensor xlogy(Scalar y) => xlogy_scalar_other_op.Invoke(this, y);

        /// <summary>In place: x * log(y), and 0 where x is 0 whatever y is (but NaN where y is NaN).</summary>
        public Tensor xlogy_(Tensor y) { xlogy_inplace_tensor_op.InvokeVoid(this, y); return this; }

        /// <inheritdoc cref="xlogy_(Tensor)"/>
        public Tensor xlogy_(Scalar y) { xlogy_inplace_scalar_other_op.InvokeVoid(this, y); return this; }

        private static readonly Operator
            exp2_op = new("aten::exp2"),
            exp_inplace_op = new("aten::exp_"),
            exp_op = new("aten::exp"),
            expm1_inplace_op = new("aten::expm1_"),
            expm1_op = new("aten::expm1"),
            float_power_tensor_tensor_op = new("aten::float_power", "Tensor_Tensor"),
            frexp_tensor_op = new("aten::frexp", "Tensor"),
            ldexp_inplace_op = new("aten::ldexp_"),
            ldexp_tensor_op = new("aten::ldexp", "Tensor"),
            log10_inplace_op = new("aten::log10_"),
            log10_op = new("aten::log10"),
            log1p_inplace_op = new("aten::log1p_"),
            log1p_op = new("aten::log1p"),
            log2_inplace_op = new("aten::log2_"),
            log2_op = new("aten::log2"),
            log_inplace_op = new("aten::log_"),
            log_op = new("aten::log"),
            logaddexp2_op = new("aten::logaddexp2"),
            logaddexp_op = new("aten::logaddexp"),
            pow_inplace_scalar_op = new("aten::pow_", "Scalar"),
            pow_inplace_tensor_op = new("aten::pow_", "Tensor"),
            pow_tensor_scalar_op = new("aten::pow", "Tensor_Scalar"),
            pow_tensor_tensor_op = new("aten::pow", "Tensor_Tensor"),
            rsqrt_inplace_op = new("aten::rsqrt_"),
            rsqrt_op = new("aten::rsqrt"),
            sqrt_inplace_op = new("aten::sqrt_"),
            sqrt_op = new("aten::sqrt"),
            square_op = new("aten::square"),
            xlogy_inplace_scalar_other_op = new("aten::xlogy_", "Scalar_Other"),
            xlogy_inplace_tensor_op = new("aten::xlogy_", "Tensor"),
            xlogy_scalar_other_op = new("aten::xlogy", "Scalar_Other"),
            xlogy_tensor_op = new("aten::xlogy", "Tensor");
    }

    /// <inheritdoc cref="Tensor.exp()"/>
    public static Tensor exp(Tensor input) => input.exp();

    /// <inheritdoc cref="Tensor.exp_()"/>
    public static Tensor exp_(Tensor input) => input.exp_();

    /// <inheritdoc cref="Tensor.exp2()"/>
    public static Tensor exp2(Tensor input) => input.exp2();

    /// <inheritdoc cref="Tensor.expm1()"/>
    public static Tensor expm1(Tensor input) => input.expm1();

    /// <inheritdoc cref="Tensor.expm1_()"/>
    public static Tensor expm1_(Tensor input) => input.expm1_();

    /// <inheritdoc cref="Tensor.log()"/>
    public static Tensor log(Tensor input) => input.log();

    /// <inheritdoc cref="Tensor.log_()"/>
    public static Tensor log_(Tensor input) => input.log_();

    /// <inheritdoc cref="Tensor.log2()"/>
    public static Tensor log2(Tensor input) => input.log2();

    /// <inheritdoc cref="Tensor.log2_()"/>
    public static Tensor log2_(Tensor input) => input.log2_();

    /// <inheritdoc cref="Tensor.log10()"/>
    public static Tensor log10(Tensor input) => input.log10();

    /// <inheritdoc cref="Tensor.log10_()"/>
    public static Tensor log10_(Tensor input) => input.log10_();

    /// <inheritdoc cref="Tensor.log1p()"/>
    public static Tensor log1p(Tensor input) => input.log1p();

    /// <inheritdoc cref="Tensor.log1p_()"/>
    public static Tensor log1p_(Tensor input) => input.log1p_();

    /// <inheritdoc cref="Tensor.logaddexp(Tensor)"/>
    public static Tensor logaddexp(Tensor left, Tensor right) => left.logaddexp(right);

    /// <inheritdoc cref="Tensor.logaddexp2(Tensor)"/>
    public static Tensor logaddexp2(Tensor left, Tensor right) => left.logaddexp2(right);

    /// <inheritdoc cref="Tensor.pow(Tensor)"/>
    public static Tensor pow(Tensor left, Tensor exponent) => left.pow(exponent);

    /// <inheritdoc cref="Tensor.pow(Scalar)"/>
    public static Tensor pow(Tensor left, Scalar exponent) => left.pow(exponent);

    /// <inheritdoc cref="Tensor.pow_(Tensor)"/>
    public static Tensor pow_(Tensor left, Tensor exponent) => left.pow_(exponent);

    /// <inheritdoc cref="Tensor.pow_(Scalar)"/>
    public static Tensor pow_(Tensor left, Scalar exponent) => left.pow_(exponent);

    /// <inheritdoc cref="Tensor.float_power(Tensor)"/>
    public static Tensor float_power(Tensor input, Tensor target) => input.float_power(target);

    /// <inheritdoc cref="Tensor.square()"/>
    public static Tensor square(Tensor input) => input.square();

    /// <inheritdoc cref="Tensor.sqrt()"/>
    public static Tensor sqrt(Tensor input) => input.sqrt();

    /// <inheritdoc cref="Tensor.sqrt_()"/>
    public static Tensor sqrt_(Tensor input) => input.sqrt_();

    /// <inheritdoc cref="Tensor.rsqrt()"/>
    public static Tensor rsqrt(Tensor input) => input.rsqrt();

    /// <inheritdoc cref="Tensor.rsqrt_()"/>
    public static Tensor rsqrt_(Tensor input) => input.rsqrt_();

    /// <inheritdoc cref="Tensor.ldexp(Tensor)"/>
    public static Tensor ldexp(Tensor input, Tensor other) => input.ldexp(other);

    /// <inheritdoc cref="Tensor.ldexp_(Tensor)"/>
    public static Tensor ldexp_(Tensor input, Tensor other) => input.ldexp_(other);

    /// <inheritdoc cref="Tensor.frexp()"/>
    public static (Tensor Mantissa, Tensor Exponent) frexp(Tensor input) => input.frexp();

    /// <inheritdoc cref="Tensor.xlogy(Tensor)"/>
    public static Tensor xlogy(Tensor x, Tensor y) => x.xlogy(y);

    /// <inheritdoc cref="Tensor.xlogy(Scalar)"/>
    public static Tensor xlogy(Tensor x, Scalar y) => x.xlogy(y);

    /// <inheritdoc cref="Tensor.xlogy_(Tensor)"/>
    public static Tensor xlogy_(Tensor x, Tensor y) => x.xlogy_(y);

    /// <inheritdoc cref="Tensor.xlogy_(Scalar)"/>
    public static Tensor xlogy_(Tensor x, Scalar y) => x.xlogy_(y);
}
