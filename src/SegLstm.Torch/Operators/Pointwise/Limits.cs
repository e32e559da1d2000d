using SegLstm.Torch;

namespace TorchSharp;

// Limits: clamping, and the larger or smaller of two tensors.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Each element limited to [<c>min</c>, <c>max</c>]; a null bound does not limit.</summary>
        public Tensor clamp(Scalar? min = null, Scalar? max = null) => clamp_op.Invoke(this, min, max);

        /// <inheritdoc cref="clamp(Scalar, Scalar)"/>
        public Tensor clamp(Tensor? min = null, Tensor? max = null) => clamp_tensor_op.Invoke(this, min, max);

        /// <summary>In place: each element limited to [<c>min</c>, <c>max</c>]; a null bound does not limit.</summary>
        public Tensor clamp_(Scalar? min = null, Scalar? max = null) { clamp_inplace_op.InvokeVoid(this, min, max); return this; }

        /// <inheritdoc cref="clamp_(Scalar, Scalar)"/>
        public Tensor clamp_(Tensor? min = null, Tensor? max = null) { clamp_inplace_tensor_op.InvokeVoid(this, min, max); return this; }

        /// <summary>Each element limited to [<c>min</c>, <c>max</c>]; a null bound does not limit.</summary>
        public Tensor clip(Scalar? min = null, Scalar? max = null) => clamp(min, max);

        /// <summary>Each element limited from above.</summary>
        public Tensor clamp_max(Scalar max) => clamp_max_op.Invoke(this, max);

        /// <summary>In place: each element limited from above.</summary>
        public Tensor clamp_max_(Scalar max) { clamp_max_inplace_op.InvokeVoid(this, max); return this; }

        /// <summary>Each element limited from below.</summary>
        public Tensor clamp_min(Scalar min) => clamp_min_op.Invoke(this, min);

        /// <summary>In place: each element limited from below.</summary>
        public Tensor clamp_min_(Scalar min) { clamp_min_inplace_op.InvokeVoid(this, min); return this; }

        /// <summary>The larger of the two, element by element; NaN wins.</summary>
        public Tensor maximum(Tensor other) => maximum_op.Invoke(this, other);

        /// <summary>The smaller of the two, element by element; NaN wins.</summary>
        public Tensor minimum(Tensor other) => minimum_op.Invoke(this, other);

        /// <summary>The larger of the two, element by element; a number wins over NaN.</summary>
        public Tensor fmax(Tensor other) => fmax_op.Invoke(this, other);

        /// <summary>The smaller of the two, element by element; a number wins over NaN.</summary>
        public Tensor fmin(Tensor other) => fmin_op.Invoke(this, other);

        /// <summary>Each element where it exceeds <c>threshold</c>, otherwise <c>value</c>.</summary>
        public Tensor threshold(Scalar threshold, Scalar value) => threshold_op.Invoke(this, threshold, value);

        /// <summary>In place: each element where it exceeds <c>threshold</c>, otherwise <c>value</c>.</summary>
        public Tensor threshold_(Scalar threshold, Scalar value) { threshold_inplace_op.InvokeVoid(this, threshold, value); return this; }

        private static readonly Operator
            clamp_inplace_op = new("aten::clamp_"),
            clamp_inplace_tensor_op = new("aten::clamp_", "Tensor"),
            clamp_max_inplace_op = new("aten::clamp_max_"),
            clamp_max_op = new("aten::clamp_max"),
            clamp_min_inplace_op = new("aten::clamp_min_"),
            clamp_min_op = new("aten::clamp_min"),
            clamp_op = new("aten::clamp"),
            clamp_tensor_op = new("aten::clamp", "Tensor"),
            fmax_op = new("aten::fmax"),
            fmin_op = new("aten::fmin"),
            maximum_op = new("aten::maximum"),
            minimum_op = new("aten::minimum"),
            threshold_inplace_op = new("aten::threshold_"),
            threshold_op = new("aten::threshold");
    }

    /// <inheritdoc cref="Tensor.clamp(Scalar, Scalar)"/>
    public static Tensor clamp(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp(min, max);

    /// <inheritdoc cref="Tensor.clamp(Tensor, Tensor)"/>
    public static Tensor clamp(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp(min, max);

    /// <inheritdoc cref="Tensor.clamp_(Scalar, Scalar)"/>
    public static Tensor clamp_(Tensor input, Scalar? min = null, Scalar? max = null) => input.clamp_(min, max);

    /// <inheritdoc cref="Tensor.clamp_(Tensor, Tensor)"/>
    public static Tensor clamp_(Tensor input, Tensor? min = null, Tensor? max = null) => input.clamp_(min, max);

    /// <inheritdoc cref="Tensor.clip(Scalar, Scalar)"/>
    public static Tensor clip(Tensor input, Scalar? min = null, Scalar? max = null) => input.clip(min, max);

    /// <inheritdoc cref="Tensor.clamp_max(Scalar)"/>
    public static Tensor clamp_max(Tensor input, Scalar max) => input.clamp_max(max);

    /// <inheritdoc cref="Tensor.clamp_max_(Scalar)"/>
    public static Tensor clamp_max_(Tensor input, Scalar max) => input.clamp_max_(max);

    /// <inheritdoc cref="Tensor.clamp_min(Scalar)"/>
    public static Tensor clamp_min(Tensor input, Scalar min) => input.clamp_min(min);

    /// <inheritdoc cref="Tensor.clamp_min_(Scalar)"/>
    public static Tensor clamp_min_(Tensor input, Scalar min) => input.clamp_min_(min);

    /// <inheritdoc cref="Tensor.maximum(Tensor)"/>
    public static Tensor maximum(Tensor input, Tensor other) => input.maximum(other);

    /// <inheritdoc cref="Tensor.minimum(Tensor)"/>
    public static Tensor minimum(Tensor input, Tensor other) => input.minimum(other);

    /// <inheritdoc cref="Tensor.fmax(Tensor)"/>
    public static Tensor fmax(Tensor input, Tensor other) => input.fmax(other);

    /// <inheritdoc cref="Tensor.fmin(Tensor)"/>
    public static Tensor fmin(Tensor input, Tensor other) => input.fmin(other);
}
