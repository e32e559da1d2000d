using SegLstm.Torch;

namespace TorchSharp;

// Sums, differences, products and quotients of tensors.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The sum of the tensor and <c>target</c> times <c>alpha</c>, with broadcasting.</summary>
        public Tensor add(Tensor target) => add_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add(Tensor target, Scalar alpha) => add_tensor_op.Invoke(this, target, alpha);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add(Scalar scalar) => add_scalar_op.Invoke(this, scalar);

        /// <inheritdoc cref="add(Tensor)"/>
        public Tensor add(Scalar scalar, Scalar alpha) => add_scalar_op.Invoke(this, scalar, alpha);

        /// <summary>In place: the sum of the tensor and <c>target</c> times <c>alpha</c>, with broadcasting.</summary>
        public Tensor add_(Tensor target) { add_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="add_(Tensor)"/>
        public Tensor add_(Tensor target, Scalar alpha) { add_inplace_tensor_op.InvokeVoid(this, target, alpha); return this; }

        /// <inheritdoc cref="add_(Tensor)"/>
        public Tensor add_(Scalar scalar) { add_inplace_scalar_op.InvokeVoid(this, scalar); return this; }

        /// <inheritdoc cref="add_(Tensor)"/>
        public Tensor add_(Scalar scalar, Scalar alpha) { add_inplace_scalar_op.InvokeVoid(this, scalar, alpha); return this; }

        /// <summary>The difference of the tensor and <c>target</c>, with broadcasting.</summary>
        public Tensor sub(Tensor target) => sub_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="sub(Tensor)"/>
        public Tensor sub(Scalar target) => sub_scalar_op.Invoke(this, target);

        /// <summary>In place: the difference of the tensor and <c>target</c>, with broadcasting.</summary>
        public Tensor sub_(Tensor target) { sub_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="sub_(Tensor)"/>
        public Tensor sub_(Scalar target) { sub_inplace_scalar_op.InvokeVoid(this, target); return this; }

        /// <summary>The difference of the tensor and <c>target</c>, with broadcasting.</summary>
        public Tensor subtract(Scalar target) => sub(target);

        /// <inheritdoc cref="subtract(Scalar)"/>
        public Tensor subtract(Tensor target) => sub(target);

        /// <summary>In place: the difference of the tensor and <c>target</c>, with broadcasting.</summary>
        public Tensor subtract_(Scalar target) => sub_(target);

        /// <inheritdoc cref="subtract_(Scalar)"/>
        public Tensor subtract_(Tensor target) => sub_(target);

        /// <summary>The product of the tensor and <c>target</c>, with broadcasting.</summary>
        public Tensor mul(Tensor target) => mul_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="mul(Tensor)"/>
        public Tensor mul(Scalar target) => mul_scalar_op.Invoke(this, target);

        /// <summary>In place: the product of the tensor and <c>target</c>, with broadcasting.</summary>
        public Tensor mul_(Tensor target) { mul_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="mul_(Tensor)"/>
        public Tensor mul_(Scalar target) { mul_inplace_scalar_op.InvokeVoid(this, target); return this; }

        /// <summary>The product of the tensor and <c>target</c>, with broadcasting.</summary>
        public Tensor multiply(Tensor target) => mul(target);

        /// <inheritdoc cref="multiply(Tensor)"/>
        public Tensor multiply(Scalar target) => mul(target);

        /// <summary>The quotient of the tensor and <c>target</c>, true division unless a rounding mode is given.</summary>
        public Tensor div(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? div_tensor_op.Invoke(this, target) : div_tensor_mode_op.Invoke(this, target, rounding_mode.ToString());

        /// <inheritdoc cref="div(Tensor, RoundingMode)"/>
        public Tensor div(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => rounding_mode == RoundingMode.None
            ? div_scalar_op.Invoke(this, target) : div_scalar_mode_op.Invoke(this, target, rounding_mode.ToString());

        /// <summary>In place: the quotient of the tensor and <c>target</c>, true division unless a rounding mode is given.</summary>
        public Tensor div_(Tensor target, RoundingMode rounding_mode = RoundingMode.None)
        {
            if (rounding_mode == RoundingMode.None) div_inplace_tensor_op.InvokeVoid(this, target);
            else div_inplace_tensor_mode_op.InvokeVoid(this, target, rounding_mode.ToString());
            return this;
        }

        /// <inheritdoc cref="div_(Tensor, RoundingMode)"/>
        public Tensor div_(Scalar target, RoundingMode rounding_mode = RoundingMode.None)
        {
            if (rounding_mode == RoundingMode.None) div_inplace_scalar_op.InvokeVoid(this, target);
            else div_inplace_scalar_mode_op.InvokeVoid(this, target, rounding_mode.ToString());
            return this;
        }

        /// <summary>The quotient of the tensor and <c>target</c>, true division unless a rounding mode is given.</summary>
        public Tensor divide(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <inheritdoc cref="divide(Tensor, RoundingMode)"/>
        public Tensor divide(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div(target, rounding_mode);

        /// <summary>In place: the quotient of the tensor and <c>target</c>, true division unless a rounding mode is given.</summary>
        public Tensor divide_(Tensor target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        /// <inheritdoc cref="divide_(Tensor, RoundingMode)"/>
        public Tensor divide_(Scalar target, RoundingMode rounding_mode = RoundingMode.None) => div_(target, rounding_mode);

        /// <summary>The quotient of the tensor and <c>other</c>, never rounded.</summary>
        public Tensor true_divide(Tensor other) => true_divide_tensor_op.Invoke(this, other);

        /// <inheritdoc cref="true_divide(Tensor)"/>
        public Tensor true_divide(Scalar other) => true_divide_scalar_op.Invoke(this, other);

        /// <summary>In place: the quotient of the tensor and <c>other</c>, never rounded.</summary>
        public Tensor true_divide_(Tensor other) { true_divide_inplace_tensor_op.InvokeVoid(this, other); return this; }

        /// <inheritdoc cref="true_divide_(Tensor)"/>
        public Tensor true_divide_(Scalar other) { true_divide_inplace_scalar_op.InvokeVoid(this, other); return this; }

        /// <summary>The quotient of the tensor and <c>other</c>, rounded down.</summary>
        public Tensor floor_divide(Tensor other) => floor_divide_op.Invoke(this, other);

        /// <inheritdoc cref="floor_divide(Tensor)"/>
        public Tensor floor_divide(Scalar other) => floor_divide_scalar_op.Invoke(this, other);

        /// <summary>In place: the quotient of the tensor and <c>other</c>, rounded down.</summary>
        public Tensor floor_divide_(Tensor other) { floor_divide_inplace_tensor_op.InvokeVoid(this, other); return this; }

        /// <inheritdoc cref="floor_divide_(Tensor)"/>
        public Tensor floor_divide_(Scalar other) { floor_divide_inplace_scalar_op.InvokeVoid(this, other); return this; }

        /// <summary>Python's modulus: the remainder has the sign of the divisor.</summary>
        public Tensor remainder(Tensor target) => remainder_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="remainder(Tensor)"/>
        public Tensor remainder(Scalar scalar) => remainder_scalar_op.Invoke(this, scalar);

        /// <summary>In place: Python's modulus: the remainder has the sign of the divisor.</summary>
        public Tensor remainder_(Tensor target) { remainder_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="remainder_(Tensor)"/>
        public Tensor remainder_(Scalar scalar) { remainder_inplace_scalar_op.InvokeVoid(this, scalar); return this; }

        /// <summary>C's fmod: the remainder has the sign of the dividend.</summary>
        public Tensor fmod(Tensor target) => fmod_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="fmod(Tensor)"/>
        public Tensor fmod(Scalar scalar) => fmod_scalar_op.Invoke(this, scalar);

        /// <summary>In place: C's fmod: the remainder has the sign of the dividend.</summary>
        public Tensor fmod_(Tensor target) { fmod_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="fmod_(Tensor)"/>
        public Tensor fmod_(Scalar scalar) { fmod_inplace_scalar_op.InvokeVoid(this, scalar); return this; }

        /// <summary>The negative of each element.</summary>
        public Tensor neg() => neg_op.Invoke(this);

        /// <summary>In place: the negative of each element.</summary>
        public Tensor neg_() { neg_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The negative of each element.</summary>
        public Tensor negative() => neg();

        /// <summary>The tensor itself; an error for booleans.</summary>
        public Tensor positive() => positive_op.Invoke(this);

        /// <summary>1 divided by each element.</summary>
        public Tensor reciprocal() => reciprocal_op.Invoke(this);

        /// <summary>In place: 1 divided by each element.</summary>
        public Tensor reciprocal_() { reciprocal_inplace_op.InvokeVoid(this); return this; }

        /// <summary>The tensor plus <c>value</c> times <c>tensor1</c> times <c>tensor2</c>.</summary>
        public Tensor addcmul(Tensor tensor1, Tensor tensor2, Scalar value) => addcmul_op.Invoke(this, tensor1, tensor2, value);

        /// <summary>In place: the tensor plus <c>value</c> times <c>tensor1</c> times <c>tensor2</c>.</summary>
        public Tensor addcmul_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            addcmul_inplace_op.InvokeVoid(this, tensor1, tensor2, value);
            return this;
        }

        /// <summary>The tensor plus <c>value</c> times <c>tensor1</c> divided by <c>tensor2</c>.</summary>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2, Scalar value) => addcdiv_op.Invoke(this, tensor1, tensor2, value);

        /// <inheritdoc cref="addcdiv(Tensor, Tensor, Scalar)"/>
        public Tensor addcdiv(Tensor tensor1, Tensor tensor2) => addcdiv_op.Invoke(this, tensor1, tensor2);

        /// <summary>In place: the tensor plus <c>value</c> times <c>tensor1</c> divided by <c>tensor2</c>.</summary>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2, Scalar value)
        {
            addcdiv_inplace_op.InvokeVoid(this, tensor1, tensor2, value);
            return this;
        }

        /// <inheritdoc cref="addcdiv_(Tensor, Tensor, Scalar)"/>
        public Tensor addcdiv_(Tensor tensor1, Tensor tensor2) { addcdiv_inplace_op.InvokeVoid(this, tensor1, tensor2); return this; }

        /// <summary>Linear interpolation: start + weight * (end - start).</summary>
        public Tensor lerp(Tensor end, Tensor weight) => lerp_tensor_op.Invoke(this, end, weight);

        /// <summary>In place: linear interpolation: start + weight * (end - start).</summary>
        public Tensor lerp_(Tensor end, Tensor weight) { lerp_inplace_tensor_op.InvokeVoid(this, end, weight); return this; }

        /// <summary>The length of the hypotenuse whose legs are the two tensors.</summary>
        public Tensor hypot(Tensor other) => hypot_op.Invoke(this, other);

        /// <summary>The greatest common divisor, element by element.</summary>
        public Tensor gcd(Tensor other) => gcd_op.Invoke(this, other);

        /// <summary>In place: the greatest common divisor, element by element.</summary>
        public Tensor gcd_(Tensor other) { gcd_inplace_op.InvokeVoid(this, other); return this; }

        /// <summary>The least common multiple, element by element.</summary>
        public Tensor lcm(Tensor other) => lcm_op.Invoke(this, other);

        /// <summary>In place: the least common multiple, element by element.</summary>
        public Tensor lcm_(Tensor other) { lcm_inplace_op.InvokeVoid(this, other); return this; }

        private static readonly Operator
            add_inplace_scalar_op = new("aten::add_", "Scalar"),
            add_inplace_tensor_op = new("aten::add_", "Tensor"),
            add_scalar_op = new("aten::add", "Scalar"),
            add_tensor_op = new("aten::add", "Tensor"),
            addcdiv_inplace_op = new("aten::addcdiv_"),
            addcdiv_op = new("aten::addcdiv"),
            addcmul_inplace_op = new("aten::addcmul_"),
            addcmul_op = new("aten::addcmul"),
            div_inplace_scalar_mode_op = new("aten::div_", "Scalar_mode"),
            div_inplace_scalar_op = new("aten::div_", "Scalar"),
            div_inplace_tensor_mode_op = new("aten::div_", "Tensor_mode"),
            div_inplace_tensor_op = new("aten::div_", "Tensor"),
            div_scalar_mode_op = new("aten::div", "Scalar_mode"),
            div_scalar_op = new("aten::div", "Scalar"),
            div_tensor_mode_op = new("aten::div", "Tensor_mode"),
            div_tensor_op = new("aten::div", "Tensor"),
            floor_divide_inplace_scalar_op = new("aten::floor_divide_", "Scalar"),
            floor_divide_inplace_tensor_op = new("aten::floor_divide_", "Tensor"),
            floor_divide_op = new("aten::floor_divide"),
            floor_divide_scalar_op = new("aten::floor_divide", "Scalar"),
            fmod_inplace_scalar_op = new("aten::fmod_", "Scalar"),
            fmod_inplace_tensor_op = new("aten::fmod_", "Tensor"),
            fmod_scalar_op = new("aten::fmod", "Scalar"),
            fmod_tensor_op = new("aten::fmod", "Tensor"),
            gcd_inplace_op = new("aten::gcd_"),
            gcd_op = new("aten::gcd"),
            hypot_op = new("aten::hypot"),
            lcm_inplace_op = new("aten::lcm_"),
            lcm_op = new("aten::lcm"),
            lerp_inplace_tensor_op = new("aten::lerp_", "Tensor"),
            lerp_tensor_op = new("aten::lerp", "Tensor"),
            mul_inplace_scalar_op = new("aten::mul_", "Scalar"),
            mul_inplace_tensor_op = new("aten::mul_", "Tensor"),
            mul_scalar_op = new("aten::mul", "Scalar"),
            mul_tensor_op = new("aten::mul", "Tensor"),
            neg_inplace_op = new("aten::neg_"),
            neg_op = new("aten::neg"),
            positive_op = new("aten::positive"),
            reciprocal_inplace_op = new("aten::reciprocal_"),
            reciprocal_op = new("aten::reciprocal"),
            remainder_inplace_scalar_op = new("aten::remainder_", "Scalar"),
            remainder_inplace_tensor_op = new("aten::remainder_", "Tensor"),
            remainder_scalar_op = new("aten::remainder", "Scalar"),
            remainder_tensor_op = new("aten::remainder", "Tensor"),
            sub_inplace_scalar_op = new("aten::sub_", "Scalar"),
            sub_inplace_tensor_op = new("aten::sub_", "Tensor"),
            sub_scalar_op = new("aten::sub", "Scalar"),
            sub_tensor_op = new("aten::sub", "Tensor"),
            true_divide_inplace_scalar_op = new("aten::true_divide_", "Scalar"),
            true_divide_inplace_tensor_op = new("aten::true_divide_", "Tensor"),
            true_divide_scalar_op = new("aten::true_divide", "Scalar"),
            true_divide_tensor_op = new("aten::true_divide", "Tensor");
    }

    /// <inheritdoc cref="Tensor.add(Tensor)"/>
    public static Tensor add(Tensor left, Tensor right) => left.add(right);

    /// <inheritdoc cref="Tensor.add(Scalar)"/>
    public static Tensor add(Tensor left, Scalar right) => left.add(right);

    /// <inheritdoc cref="Tensor.add(Tensor, Scalar)"/>
    public static Tensor add(Tensor left, Tensor right, Scalar alpha) => left.add(right, alpha);

    /// <inheritdoc cref="Tensor.add(Scalar, Scalar)"/>
    public static Tensor add(Tensor left, Scalar right, Scalar alpha) => left.add(right, alpha);

    /// <inheritdoc cref="Tensor.add_(Tensor)"/>
    public static Tensor add_(Tensor left, Tensor right) => left.add_(right);

    /// <inheritdoc cref="Tensor.add_(Scalar)"/>
    public static Tensor add_(Tensor left, Scalar right) => left.add_(right);

    /// <inheritdoc cref="Tensor.add_(Tensor, Scalar)"/>
    public static Tensor add_(Tensor left, Tensor right, Scalar alpha) => left.add_(right, alpha);

    /// <inheritdoc cref="Tensor.add_(Scalar, Scalar)"/>
    public static Tensor add_(Tensor left, Scalar right, Scalar alpha) => left.add_(right, alpha);

    /// <inheritdoc cref="Tensor.sub(Tensor)"/>
    public static Tensor sub(Tensor left, Tensor right) => left.sub(right);

    /// <inheritdoc cref="Tensor.sub(Scalar)"/>
    public static Tensor sub(Tensor left, Scalar right) => left.sub(right);

    /// <inheritdoc cref="Tensor.sub_(Tensor)"/>
    public static Tensor sub_(Tensor left, Tensor right) => left.sub_(right);

    /// <inheritdoc cref="Tensor.sub_(Scalar)"/>
    public static Tensor sub_(Tensor left, Scalar right) => left.sub_(right);

    /// <inheritdoc cref="Tensor.subtract(Tensor)"/>
    public static Tensor subtract(Tensor left, Tensor right) => left.subtract(right);

    /// <inheritdoc cref="Tensor.subtract(Scalar)"/>
    public static Tensor subtract(Tensor left, Scalar right) => left.subtract(right);

    /// <inheritdoc cref="Tensor.subtract_(Tensor)"/>
    public static Tensor subtract_(Tensor left, Tensor right) => left.subtract_(right);

    /// <inheritdoc cref="Tensor.subtract_(Scalar)"/>
    public static Tensor subtract_(Tensor left, Scalar right) => left.subtract_(right);

    /// <inheritdoc cref="Tensor.mul(Tensor)"/>
    public static Tensor mul(Tensor left, Tensor right) => left.mul(right);

    /// <inheritdoc cref="Tensor.mul(Scalar)"/>
    public static Tensor mul(Tensor left, Scalar right) => left.mul(right);

    /// <inheritdoc cref="Tensor.mul_(Tensor)"/>
    public static Tensor mul_(Tensor left, Tensor right) => left.mul_(right);

    /// <inheritdoc cref="Tensor.mul_(Scalar)"/>
    public static Tensor mul_(Tensor left, Scalar right) => left.mul_(right);

    /// <inheritdoc cref="Tensor.multiply(Tensor)"/>
    public static Tensor multiply(Tensor left, Tensor right) => left.multiply(right);

    /// <inheritdoc cref="Tensor.multiply(Scalar)"/>
    public static Tensor multiply(Tensor left, Scalar right) => left.multiply(right);

    /// <summary>The product of the tensor and <c>target</c>, with broadcasting.</summary>
    public static Tensor multiply_(Tensor left, Tensor right) => left.mul_(right);

    /// <inheritdoc cref="multiply_(Tensor, Tensor)"/>
    public static Tensor multiply_(Tensor left, Scalar right) => left.mul_(right);

    /// <inheritdoc cref="Tensor.div(Tensor, RoundingMode)"/>
    public static Tensor div(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    /// <inheritdoc cref="Tensor.div(Scalar, RoundingMode)"/>
    public static Tensor div(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div(right, rounding_mode);

    /// <inheritdoc cref="Tensor.div_(Scalar, RoundingMode)"/>
    public static Tensor div_(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    /// <inheritdoc cref="Tensor.div_(Tensor, RoundingMode)"/>
    public static Tensor div_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.div_(right, rounding_mode);

    /// <inheritdoc cref="Tensor.divide(Tensor, RoundingMode)"/>
    public static Tensor divide(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);

    /// <inheritdoc cref="Tensor.divide(Scalar, RoundingMode)"/>
    public static Tensor divide(Tensor left, Scalar right, RoundingMode rounding_mode = RoundingMode.None) => left.divide(right, rounding_mode);

    /// <inheritdoc cref="Tensor.divide_(Tensor, RoundingMode)"/>
    public static Tensor divide_(Tensor left, Tensor right, RoundingMode rounding_mode = RoundingMode.None) => left.divide_(right, rounding_mode);

    /// <inheritdoc cref="Tensor.divide_(Tensor, RoundingMode)"/>
    public static Tensor divide_(Tensor left, Scalar right) => left.div_(right);

    /// <inheritdoc cref="Tensor.true_divide(Tensor)"/>
    public static Tensor true_divide(Tensor dividend, Tensor divisor) => dividend.true_divide(divisor);

    /// <inheritdoc cref="Tensor.true_divide_(Tensor)"/>
    public static Tensor true_divide_(Tensor dividend, Tensor divisor) => dividend.true_divide_(divisor);

    /// <inheritdoc cref="Tensor.floor_divide(Tensor)"/>
    public static Tensor floor_divide(Tensor input, Tensor other) => input.floor_divide(other);

    /// <inheritdoc cref="Tensor.floor_divide_(Tensor)"/>
    public static Tensor floor_divide_(Tensor input, Tensor other) => input.floor_divide_(other);

    /// <inheritdoc cref="Tensor.remainder(Tensor)"/>
    public static Tensor remainder(Tensor left, Tensor right) => left.remainder(right);

    /// <inheritdoc cref="Tensor.remainder(Scalar)"/>
    public static Tensor remainder(Tensor left, Scalar right) => left.remainder(right);

    /// <inheritdoc cref="Tensor.remainder_(Tensor)"/>
    public static Tensor remainder_(Tensor left, Tensor right) => left.remainder_(right);

    /// <inheritdoc cref="Tensor.remainder_(Scalar)"/>
    public static Tensor remainder_(Tensor left, Scalar right) => left.remainder_(right);

    /// <inheritdoc cref="Tensor.fmod(Tensor)"/>
    public static Tensor fmod(Tensor left, Tensor right) => left.fmod(right);

    /// <inheritdoc cref="Tensor.fmod(Scalar)"/>
    public static Tensor fmod(Tensor left, Scalar right) => left.fmod(right);

    /// <inheritdoc cref="Tensor.fmod_(Tensor)"/>
    public static Tensor fmod_(Tensor left, Tensor right) => left.fmod_(right);

    /// <inheritdoc cref="Tensor.fmod_(Scalar)"/>
    public static Tensor fmod_(Tensor left, Scalar right) => left.fmod_(right);

    /// <inheritdoc cref="Tensor.neg()"/>
    public static Tensor neg(Tensor input) => input.neg();

    /// <inheritdoc cref="Tensor.neg_()"/>
    public static Tensor neg_(Tensor input) => input.neg_();

    /// <inheritdoc cref="Tensor.negative()"/>
    public static Tensor negative(Tensor input) => input.negative();

    /// <summary>The negative of each element.</summary>
    public static Tensor negative_(Tensor input) => input.neg_();

    /// <inheritdoc cref="Tensor.positive()"/>
    public static Tensor positive(Tensor input) => input.positive();

    /// <inheritdoc cref="Tensor.reciprocal()"/>
    public static Tensor reciprocal(Tensor input) => input.reciprocal();

    /// <inheritdoc cref="Tensor.reciprocal_()"/>
    public static Tensor reciprocal_(Tensor input) => input.reciprocal_();

    /// <inheritdoc cref="Tensor.addcmul(Tensor, Tensor, Scalar)"/>
    public static Tensor addcmul(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul(tensor1, tensor2, value);

    /// <inheritdoc cref="Tensor.addcmul_(Tensor, Tensor, Scalar)"/>
    public static Tensor addcmul_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcmul_(tensor1, tensor2, value);

    /// <inheritdoc cref="Tensor.addcdiv(Tensor, Tensor, Scalar)"/>
    public static Tensor addcdiv(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv(tensor1, tensor2, value);

    /// <inheritdoc cref="Tensor.addcdiv_(Tensor, Tensor, Scalar)"/>
    public static Tensor addcdiv_(Tensor input, Tensor tensor1, Tensor tensor2, Scalar value) => input.addcdiv_(tensor1, tensor2, value);

    /// <inheritdoc cref="Tensor.lerp(Tensor, Tensor)"/>
    public static Tensor lerp(Tensor input, Tensor end, Tensor weight) => input.lerp(end, weight);

    /// <inheritdoc cref="Tensor.hypot(Tensor)"/>
    public static Tensor hypot(Tensor left, Tensor right) => left.hypot(right);

    /// <inheritdoc cref="Tensor.gcd(Tensor)"/>
    public static Tensor gcd(Tensor left, Tensor right) => left.gcd(right);

    /// <inheritdoc cref="Tensor.gcd_(Tensor)"/>
    public static Tensor gcd_(Tensor left, Tensor right) => left.gcd_(right);

    /// <inheritdoc cref="Tensor.lcm(Tensor)"/>
    public static Tensor lcm(Tensor input, Tensor other) => input.lcm(other);

    /// <inheritdoc cref="Tensor.lcm_(Tensor)"/>
    public static Tensor lcm_(Tensor input, Tensor other) => input.lcm_(other);
}
