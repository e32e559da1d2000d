using SegLstm.Torch;

namespace TorchSharp;

// Which elements are numbers.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>True where NaN.</summary>
        public Tensor isnan() => isnan_op.Invoke(this);

        /// <summary>True where infinite.</summary>
        public Tensor isinf() => isinf_op.Invoke(this);

        /// <summary>True where neither infinite nor NaN.</summary>
        public Tensor isfinite() => isfinite_op.Invoke(this);

        /// <summary>True where plus infinity.</summary>
        public Tensor isposinf() => isposinf_op.Invoke(this);

        /// <summary>True where minus infinity.</summary>
        public Tensor isneginf() => isneginf_op.Invoke(this);

        /// <summary>True where the imaginary part is zero.</summary>
        public Tensor isreal() => isreal_op.Invoke(this);

        private static readonly Operator
            isfinite_op = new("aten::isfinite"),
            isinf_op = new("aten::isinf"),
            isnan_op = new("aten::isnan"),
            isneginf_op = new("aten::isneginf"),
            isposinf_op = new("aten::isposinf"),
            isreal_op = new("aten::isreal");
    }

    /// <inheritdoc cref="Tensor.isnan()"/>
    public static Tensor isnan(Tensor input) => input.isnan();

    /// <inheritdoc cref="Tensor.isinf()"/>
    public static Tensor isinf(Tensor tensor) => tensor.isinf();

    /// <inheritdoc cref="Tensor.isfinite()"/>
    public static Tensor isfinite(Tensor tensor) => tensor.isfinite();

    /// <inheritdoc cref="Tensor.isposinf()"/>
    public static Tensor isposinf(Tensor tensor) => tensor.isposinf();

    /// <inheritdoc cref="Tensor.isneginf()"/>
    public static Tensor isneginf(Tensor tensor) => tensor.isneginf();

    /// <inheritdoc cref="Tensor.isreal()"/>
    public static Tensor isreal(Tensor tensor) => tensor.isreal();
}
