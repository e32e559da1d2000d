using SegLstm.Torch;

namespace TorchSharp;

// Covariance, histograms and counts.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The covariance matrix of the rows.</summary>
        public Tensor cov(long correction = 1, Tensor? fweights = null, Tensor? aweights = null)
            => cov_op.Invoke(this, correction, fweights, aweights);

        /// <summary>The correlation matrix of the rows.</summary>
        public Tensor corrcoef() => corrcoef_op.Invoke(this);

        /// <summary>Counts of the elements in <c>bins</c> equal bins of [<c>min</c>, <c>max</c>]; where both are 0, of the data's range.</summary>
        public Tensor histc(long bins = 100, long min = 0, long max = 0) => histc_op.Invoke(this, bins, min, max);

        /// <summary>How often each non-negative integer occurs, or the sum of its <c>weights</c>.</summary>
        public Tensor bincount(Tensor? weights, long minlength = 0) => bincount_op.Invoke(this, weights, minlength);

        private static readonly Operator
            bincount_op = new("aten::bincount"),
            corrcoef_op = new("aten::corrcoef"),
            cov_op = new("aten::cov"),
            histc_op = new("aten::histc");
    }

    /// <inheritdoc cref="Tensor.cov(long, Tensor, Tensor)"/>
    public static Tensor cov(Tensor input, long correction = 1, Tensor? fweights = null, Tensor? aweights = null)
        => input.cov(correction, fweights, aweights);

    /// <inheritdoc cref="Tensor.corrcoef()"/>
    public static Tensor corrcoef(Tensor input) => input.corrcoef();

    /// <inheritdoc cref="Tensor.histc(long, long, long)"/>
    public static Tensor histc(Tensor input, long bins = 100, long min = 0, long max = 0) => input.histc(bins, min, max);

    /// <inheritdoc cref="Tensor.bincount(Tensor, long)"/>
    public static Tensor bincount(Tensor input, Tensor? weights = null, long minlength = 0) => input.bincount(weights, minlength);
}
