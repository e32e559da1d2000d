using SegLstm.Torch;

namespace TorchSharp;

// Relations between elements: booleans of the broadcast shape.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>True where equal.</summary>
        public Tensor eq(Tensor target) => eq_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="eq(Tensor)"/>
        public Tensor eq(Scalar target) => eq_scalar_op.Invoke(this, target);

        /// <summary>In place: true where equal.</summary>
        public Tensor eq_(Tensor target) { eq_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="eq_(Tensor)"/>
        public Tensor eq_(Scalar target) { eq_inplace_scalar_op.InvokeVoid(this, target); return this; }

        /// <summary>True where not equal.</summary>
        public Tensor ne(Tensor target) => ne_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="ne(Tensor)"/>
        public Tensor ne(Scalar target) => ne_scalar_op.Invoke(this, target);

        /// <summary>In place: true where not equal.</summary>
        public Tensor ne_(Tensor target) { ne_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="ne_(Tensor)"/>
        public Tensor ne_(Scalar target) { ne_inplace_scalar_op.InvokeVoid(this, target); return this; }

        /// <summary>True where not equal.</summary>
        public Tensor not_equal(Tensor target) => ne(target);

        /// <summary>In place: true where not equal.</summary>
        public Tensor not_equal_(Tensor target) => ne_(target);

        /// <summary>True where less than <c>target</c>.</summary>
        public Tensor lt(Tensor target) => lt_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="lt(Tensor)"/>
        public Tensor lt(Scalar target) => lt_scalar_op.Invoke(this, target);

        /// <summary>In place: true where less than <c>target</c>.</summary>
        public Tensor lt_(Tensor target) { lt_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="lt_(Tensor)"/>
        public Tensor lt_(Scalar target) { lt_inplace_scalar_op.InvokeVoid(this, target); return this; }

        /// <summary>True where less than <c>target</c>.</summary>
        public Tensor less(Tensor target) => lt(target);

        /// <summary>True where less than or equal to <c>target</c>.</summary>
        public Tensor le(Tensor target) => le_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="le(Tensor)"/>
        public Tensor le(Scalar target) => le_scalar_op.Invoke(this, target);

        /// <summary>In place: true where less than or equal to <c>target</c>.</summary>
        public Tensor le_(Tensor target) { le_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="le_(Tensor)"/>
        public Tensor le_(Scalar target) { le_inplace_scalar_op.InvokeVoid(this, target); return this; }

        /// <summary>True where less than or equal to <c>target</c>.</summary>
        public Tensor less_equal(Tensor target) => le(target);

        /// <summary>In place: true where less than or equal to <c>target</c>.</summary>
        public Tensor less_equal_(Tensor target) => le_(target);

        /// <summary>True where greater than <c>target</c>.</summary>
        public Tensor gt(Tensor target) => gt_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="gt(Tensor)"/>
        public Tensor gt(Scalar target) => gt_scalar_op.Invoke(this, target);

        /// <summary>In place: true where greater than <c>target</c>.</summary>
        public Tensor gt_(Tensor target) { gt_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="gt_(Tensor)"/>
        public Tensor gt_(Scalar target) { gt_inplace_scalar_op.InvokeVoid(this, target); return this; }

        /// <summary>True where greater than <c>target</c>.</summary>
        public Tensor greater(Tensor target) => gt(target);

        /// <summary>True where greater than or equal to <c>target</c>.</summary>
        public Tensor ge(Tensor target) => ge_tensor_op.Invoke(this, target);

        /// <inheritdoc cref="ge(Tensor)"/>
        public Tensor ge(Scalar target) => ge_scalar_op.Invoke(this, target);

        /// <summary>In place: true where greater than or equal to <c>target</c>.</summary>
        public Tensor ge_(Tensor target) { ge_inplace_tensor_op.InvokeVoid(this, target); return this; }

        /// <inheritdoc cref="ge_(Tensor)"/>
        public Tensor ge_(Scalar target) { ge_inplace_scalar_op.InvokeVoid(this, target); return this; }

        /// <summary>True where greater than or equal to <c>target</c>.</summary>
        public Tensor greater_equal(Tensor target) => ge(target);

        /// <summary>True where |this - other| is at most atol + rtol |other|.</summary>
        public Tensor isclose(Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false)
            => isclose_op.Invoke(this, other, rtol, atol, nanEqual);

        /// <summary>True where the element occurs in <c>test_elements</c>.</summary>
        public Tensor isin(Tensor test_elements, bool assumeUnique = false, bool invert = false)
            => isin_tensor_tensor_op.Invoke(this, test_elements, assumeUnique, invert);

        private static readonly Operator
            eq_inplace_scalar_op = new("aten::eq_", "Scalar"),
            eq_inplace_tensor_op = new("aten::eq_", "Tensor"),
            eq_scalar_op = new("aten::eq", "Scalar"),
            eq_tensor_op = new("aten::eq", "Tensor"),
            ge_inplace_scalar_op = new("aten::ge_", "Scalar"),
            ge_inplace_tensor_op = new("aten::ge_", "Tensor"),
            ge_scalar_op = new("aten::ge", "Scalar"),
            ge_tensor_op = new("aten::ge", "Tensor"),
            gt_inplace_scalar_op = new("aten::gt_", "Scalar"),
            gt_inplace_tensor_op = new("aten::gt_", "Tensor"),
            gt_scalar_op = new("aten::gt", "Scalar"),
            gt_tensor_op = new("aten::gt", "Tensor"),
            isclose_op = new("aten::isclose"),
            isin_tensor_tensor_op = new("aten::isin", "Tensor_Tensor"),
            le_inplace_scalar_op = new("aten::le_", "Scalar"),
            le_inplace_tensor_op = new("aten::le_", "Tensor"),
            le_scalar_op = new("aten::le", "Scalar"),
            le_tensor_op = new("aten::le", "Tensor"),
            lt_inplace_scalar_op = new("aten::lt_", "Scalar"),
            lt_inplace_tensor_op = new("aten::lt_", "Tensor"),
            lt_scalar_op = new("aten::lt", "Scalar"),
            lt_tensor_op = new("aten::lt", "Tensor"),
            ne_inplace_scalar_op = new("aten::ne_", "Scalar"),
            ne_inplace_tensor_op = new("aten::ne_", "Tensor"),
            ne_scalar_op = new("aten::ne", "Scalar"),
            ne_tensor_op = new("aten::ne", "Tensor");
    }

    /// <inheritdoc cref="Tensor.eq(Tensor)"/>
    public static Tensor eq(Tensor left, Tensor right) => left.eq(right);

    /// <inheritdoc cref="Tensor.ne(Tensor)"/>
    public static Tensor ne(Tensor left, Tensor right) => left.ne(right);

    /// <inheritdoc cref="Tensor.not_equal(Tensor)"/>
    public static Tensor not_equal(Tensor tensor, Tensor target) => tensor.not_equal(target);

    /// <inheritdoc cref="Tensor.lt(Tensor)"/>
    public static Tensor lt(Tensor left, Tensor right) => left.lt(right);

    /// <inheritdoc cref="Tensor.less(Tensor)"/>
    public static Tensor less(Tensor tensor, Tensor target) => tensor.less(target);

    /// <inheritdoc cref="Tensor.le(Tensor)"/>
    public static Tensor le(Tensor left, Tensor right) => left.le(right);

    /// <inheritdoc cref="Tensor.less_equal(Tensor)"/>
    public static Tensor less_equal(Tensor tensor, Tensor target) => tensor.less_equal(target);

    /// <inheritdoc cref="Tensor.gt(Tensor)"/>
    public static Tensor gt(Tensor left, Tensor right) => left.gt(right);

    /// <inheritdoc cref="Tensor.greater(Tensor)"/>
    public static Tensor greater(Tensor tensor, Tensor target) => tensor.greater(target);

    /// <inheritdoc cref="Tensor.ge(Tensor)"/>
    public static Tensor ge(Tensor left, Tensor right) => left.ge(right);

    /// <inheritdoc cref="Tensor.greater_equal(Tensor)"/>
    public static Tensor greater_equal(Tensor tensor, Tensor target) => tensor.greater_equal(target);

    /// <inheritdoc cref="Tensor.isclose(Tensor, double, double, bool)"/>
    public static Tensor isclose(Tensor tensor, Tensor other, double rtol = 1e-05, double atol = 1e-08, bool nanEqual = false)
        => tensor.isclose(other, rtol, atol, nanEqual);

    /// <inheritdoc cref="Tensor.isin(Tensor, bool, bool)"/>
    public static Tensor isin(Tensor tensor, Tensor test_elements, bool assumeUnique = false, bool invert = false)
        => tensor.isin(test_elements, assumeUnique, invert);
}
