using SegLstm.Torch;

namespace TorchSharp;

// Medians, quantiles and modes.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The lower median of all elements.</summary>
        public Tensor median() => median_op.Invoke(this);

        /// <summary>The lower median of the elements that are not NaN.</summary>
        public Tensor nanmedian() => nanmedian_op.Invoke(this);

        /// <summary>The quantiles <c>q</c> (in [0, 1]) along <c>dim</c>, linearly interpolated; -1 means of all elements.</summary>
        public Tensor quantile(Tensor q, long dim = -1, bool keepdim = false)
            => quantile_op.Invoke(this, q, dim == -1 ? Argument.None : dim, keepdim);

        /// <summary>The quantiles of the elements that are not NaN.</summary>
        public Tensor nanquantile(Tensor q, long dim = -1, bool keepdim = false)
            => nanquantile_op.Invoke(this, q, dim == -1 ? Argument.None : dim, keepdim);

        /// <summary>The most frequent element along <c>dim</c> and its position.</summary>
        public (Tensor values, Tensor indices) mode(long dim = -1, bool keepdim = false) => mode_op.Invoke2(this, dim, keepdim);

        /// <summary>The <c>k</c>-th smallest element along <c>dim</c> (default the last) and its position.</summary>
        public (Tensor values, Tensor indices) kthvalue(long k, long? dim, bool keepdim = false) => kthvalue_op.Invoke2(this, k, dim ?? -1, keepdim);

        private static readonly Operator
            kthvalue_op = new("aten::kthvalue"),
            median_op = new("aten::median"),
            mode_op = new("aten::mode"),
            nanmedian_op = new("aten::nanmedian"),
            nanquantile_op = new("aten::nanquantile"),
            quantile_op = new("aten::quantile");
    }

    /// <inheritdoc cref="Tensor.median()"/>
    public static Tensor median(Tensor input) => input.median();

    /// <inheritdoc cref="Tensor.nanmedian()"/>
    public static Tensor nanmedian(Tensor input) => input.nanmedian();

    /// <inheritdoc cref="Tensor.quantile(Tensor, long, bool)"/>
    public static Tensor quantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) => input.quantile(q, dim, keepdim);

    /// <inheritdoc cref="Tensor.nanquantile(Tensor, long, bool)"/>
    public static Tensor nanquantile(Tensor input, Tensor q, long dim = -1, bool keepdim = false) => input.nanquantile(q, dim, keepdim);

    /// <inheritdoc cref="Tensor.mode(long, bool)"/>
    public static (Tensor values, Tensor indices) mode(Tensor input, long dim = -1, bool keepdim = false) => input.mode(dim, keepdim);

    /// <inheritdoc cref="Tensor.kthvalue(long, long?, bool)"/>
    public static (Tensor values, Tensor indices) kthvalue(Tensor input, long k, long? dim, bool keepdim = false) => input.kthvalue(k, dim, keepdim);
}
