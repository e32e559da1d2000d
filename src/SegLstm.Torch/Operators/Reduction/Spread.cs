using SegLstm.Torch;

namespace TorchSharp;

// Standard deviations and variances, with Bessel's correction where `unbiased`.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The standard deviation of all elements, or along the given dimensions.</summary>
        public Tensor std(bool unbiased = true) => std_op.Invoke(this, unbiased);

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std(dimensions.ToArray(), unbiased, keepdim, type);

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std_dim_op.Invoke(As(type), dimensions, unbiased, keepdim);

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std_dim_op.Invoke(As(type), dim, unbiased, keepdim);

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std([dim.Item1, dim.Item2], unbiased, keepdim, type);

        /// <inheritdoc cref="std(bool)"/>
        public Tensor std((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        /// <summary>The variance of all elements, or along the given dimensions.</summary>
        public Tensor var(bool unbiased = true) => var_op.Invoke(this, unbiased);

        /// <inheritdoc cref="var(bool)"/>
        public Tensor var(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var(dimensions.ToArray(), unbiased, keepdim, type);

        /// <inheritdoc cref="var(bool)"/>
        public Tensor var(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var_dim_op.Invoke(As(type), dimensions, unbiased, keepdim);

        /// <inheritdoc cref="var(bool)"/>
        public Tensor var(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var_dim_op.Invoke(As(type), dim, unbiased, keepdim);

        /// <inheritdoc cref="var(bool)"/>
        public Tensor var((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var([dim.Item1, dim.Item2], unbiased, keepdim, type);

        /// <inheritdoc cref="var(bool)"/>
        public Tensor var((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        /// <summary>The standard deviation and the mean.</summary>
        public (Tensor std, Tensor mean) std_mean(bool unbiased = true) => std_mean_op.Invoke2(this, unbiased);

        /// <inheritdoc cref="std_mean(bool)"/>
        public (Tensor std, Tensor mean) std_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std_mean_dim_op.Invoke2(As(type), dimensions, unbiased, keepdim);

        /// <inheritdoc cref="std_mean(bool)"/>
        public (Tensor std, Tensor mean) std_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std_mean(dimensions.ToArray(), unbiased, keepdim, type);

        /// <inheritdoc cref="std_mean(bool)"/>
        public (Tensor std, Tensor mean) std_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std_mean_dim_op.Invoke2(As(type), dim, unbiased, keepdim);

        /// <inheritdoc cref="std_mean(bool)"/>
        public (Tensor std, Tensor mean) std_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std_mean([dim.Item1, dim.Item2], unbiased, keepdim, type);

        /// <inheritdoc cref="std_mean(bool)"/>
        public (Tensor std, Tensor mean) std_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => std_mean([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        /// <summary>The variance and the mean.</summary>
        public (Tensor var, Tensor mean) var_mean(bool unbiased = true) => var_mean_op.Invoke2(this, unbiased);

        /// <inheritdoc cref="var_mean(bool)"/>
        public (Tensor std, Tensor mean) var_mean(long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var_mean_dim_op.Invoke2(As(type), dimensions, unbiased, keepdim);

        /// <inheritdoc cref="var_mean(bool)"/>
        public (Tensor std, Tensor mean) var_mean(ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var_mean(dimensions.ToArray(), unbiased, keepdim, type);

        /// <inheritdoc cref="var_mean(bool)"/>
        public (Tensor var, Tensor mean) var_mean(long dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var_mean_dim_op.Invoke2(As(type), dim, unbiased, keepdim);

        /// <inheritdoc cref="var_mean(bool)"/>
        public (Tensor var, Tensor mean) var_mean((long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var_mean([dim.Item1, dim.Item2], unbiased, keepdim, type);

        /// <inheritdoc cref="var_mean(bool)"/>
        public (Tensor var, Tensor mean) var_mean((long, long, long) dim, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
            => var_mean([dim.Item1, dim.Item2, dim.Item3], unbiased, keepdim, type);

        private static readonly Operator
            std_dim_op = new("aten::std", "dim"),
            std_mean_dim_op = new("aten::std_mean", "dim"),
            std_mean_op = new("aten::std_mean"),
            std_op = new("aten::std"),
            var_dim_op = new("aten::var", "dim"),
            var_mean_dim_op = new("aten::var_mean", "dim"),
            var_mean_op = new("aten::var_mean"),
            var_op = new("aten::var");
    }

    /// <inheritdoc cref="Tensor.std(bool)"/>
    public static Tensor std(Tensor input, bool unbiased = true) => input.std(unbiased);

    /// <inheritdoc cref="Tensor.std(long[], bool, bool, ScalarType?)"/>
    public static Tensor std(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.std(long, bool, bool, ScalarType?)"/>
    public static Tensor std(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.std(ValueTuple{long, long}, bool, bool, ScalarType?)"/>
    public static Tensor std(Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.std(ValueTuple{long, long, long}, bool, bool, ScalarType?)"/>
    public static Tensor std(Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var(bool)"/>
    public static Tensor var(Tensor input, bool unbiased = true) => input.var(unbiased);

    /// <inheritdoc cref="Tensor.var(long[], bool, bool, ScalarType?)"/>
    public static Tensor var(Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var(long, bool, bool, ScalarType?)"/>
    public static Tensor var(Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var(ValueTuple{long, long}, bool, bool, ScalarType?)"/>
    public static Tensor var(Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var(ValueTuple{long, long, long}, bool, bool, ScalarType?)"/>
    public static Tensor var(Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.std_mean(bool)"/>
    public static (Tensor std, Tensor mean) std_mean(Tensor input, bool unbiased = true) => input.std_mean(unbiased);

    /// <inheritdoc cref="Tensor.std_mean(long[], bool, bool, ScalarType?)"/>
    public static (Tensor std, Tensor mean) std_mean(
        Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.std_mean(ReadOnlySpan{long}, bool, bool, ScalarType?)"/>
    public static (Tensor std, Tensor mean) std_mean(
        Tensor input, ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.std_mean(long, bool, bool, ScalarType?)"/>
    public static (Tensor std, Tensor mean) std_mean(
        Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.std_mean(ValueTuple{long, long}, bool, bool, ScalarType?)"/>
    public static (Tensor std, Tensor mean) std_mean(
        Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.std_mean(ValueTuple{long, long, long}, bool, bool, ScalarType?)"/>
    public static (Tensor std, Tensor mean) std_mean(
        Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.std_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var_mean(bool)"/>
    public static (Tensor var, Tensor mean) var_mean(Tensor input, bool unbiased = true) => input.var_mean(unbiased);

    /// <inheritdoc cref="Tensor.var_mean(long[], bool, bool, ScalarType?)"/>
    public static (Tensor var, Tensor mean) var_mean(
        Tensor input, long[] dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var_mean(ReadOnlySpan{long}, bool, bool, ScalarType?)"/>
    public static (Tensor var, Tensor mean) var_mean(
        Tensor input, ReadOnlySpan<long> dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var_mean(long, bool, bool, ScalarType?)"/>
    public static (Tensor var, Tensor mean) var_mean(
        Tensor input, long dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var_mean(ValueTuple{long, long}, bool, bool, ScalarType?)"/>
    public static (Tensor var, Tensor mean) var_mean(
        Tensor input, (long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var_mean(dimensions, unbiased, keepdim, type);

    /// <inheritdoc cref="Tensor.var_mean(ValueTuple{long, long, long}, bool, bool, ScalarType?)"/>
    public static (Tensor var, Tensor mean) var_mean(
        Tensor input, (long, long, long) dimensions, bool unbiased = true, bool keepdim = false, ScalarType? type = null)
        => input.var_mean(dimensions, unbiased, keepdim, type);
}
