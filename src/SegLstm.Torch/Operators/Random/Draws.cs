using SegLstm.Torch;

namespace TorchSharp;

// Random numbers drawn with the tensor's elements as parameters.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>1 with the probability that each element gives, otherwise 0.</summary>
        public Tensor bernoulli(Generator? generator = null) => bernoulli_op.Invoke(this, generator);

        /// <summary>In place: 1 with the probability that each element gives, otherwise 0.</summary>
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null)
        {
            bernoulli_inplace_float_op.InvokeVoid(this, p, generator);
            return this;
        }

        /// <inheritdoc cref="bernoulli_(double, Generator)"/>
        public Tensor bernoulli_(Tensor p, Generator? generator = null) { bernoulli_inplace_tensor_op.InvokeVoid(this, p, generator); return this; }

        /// <summary>Positions drawn with the row's elements as weights: (…, n) to (…, <c>num_samples</c>).</summary>
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null)
            => multinomial_op.Invoke(this, num_samples, replacement, generator);

        /// <summary>Poisson random numbers with the elements as rates.</summary>
        public Tensor poisson(Generator? generator = null) => poisson_op.Invoke(this, generator);

        /// <summary>Binomial random numbers with the elements as counts.</summary>
        public Tensor binomial(Tensor prob, Generator? generator = null) => binomial_op.Invoke(this, prob, generator);

        /// <summary>Uniform random numbers of [0, 1) in the shape of this tensor.</summary>
        public Tensor rand_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            rand_like_op.Invoke(this, dtype, Argument.None, device).requires_grad_(requires_grad);

        /// <summary>Standard normal random numbers in the shape of this tensor.</summary>
        public Tensor randn_like(ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            randn_like_op.Invoke(this, dtype, Argument.None, device).requires_grad_(requires_grad);

        /// <summary>Uniform integers of [<c>low</c>, <c>high</c>) in the shape of this tensor.</summary>
        public Tensor randint_like(long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false) =>
            randint_like_low_dtype_op.Invoke(this, low, high, dtype, Argument.None, device).requires_grad_(requires_grad);

        private static readonly Operator
            bernoulli_inplace_float_op = new("aten::bernoulli_", "float"),
            bernoulli_inplace_tensor_op = new("aten::bernoulli_", "Tensor"),
            bernoulli_op = new("aten::bernoulli"),
            binomial_op = new("aten::binomial"),
            multinomial_op = new("aten::multinomial"),
            poisson_op = new("aten::poisson"),
            rand_like_op = new("aten::rand_like"),
            randint_like_low_dtype_op = new("aten::randint_like", "low_dtype"),
            randn_like_op = new("aten::randn_like");
    }

    /// <inheritdoc cref="Tensor.bernoulli(Generator)"/>
    public static Tensor bernoulli(Tensor input, Generator? generator = null) => input.bernoulli(generator);

    /// <inheritdoc cref="Tensor.multinomial(long, bool, Generator)"/>
    public static Tensor multinomial(Tensor input, long num_samples, bool replacement = false, Generator? generator = null)
        => input.multinomial(num_samples, replacement, generator);

    /// <inheritdoc cref="Tensor.poisson(Generator)"/>
    public static Tensor poisson(Tensor input, Generator? generator = null) => input.poisson(generator);

    /// <inheritdoc cref="Tensor.binomial(Tensor, Generator)"/>
    public static Tensor binomial(Tensor count, Tensor probs, Generator? generator = null) => count.binomial(probs, generator);

    /// <summary>Normal random numbers with the given means and standard deviations.</summary>
    public static Tensor normal(
        double mean, double std, ReadOnlySpan<long> size, ScalarType? dtype = null, Device? device = null, bool requires_grad = false, Generator? generator = null, string[]? names = null) =>
        normal_float_float_op.Invoke(mean, std, size.ToArray(), generator, dtype ?? get_default_dtype(), Argument.None, device)
            .requires_grad_(requires_grad);

    /// <inheritdoc cref="normal(double, double, ReadOnlySpan{long}, ScalarType?, Device, bool, Generator, string[])"/>
    public static Tensor normal(Tensor mean, Tensor std, Generator? generator = null) => normal_tensor_tensor_op.Invoke(mean, std, generator);

    /// <inheritdoc cref="Tensor.rand_like(ScalarType?, Device, bool)"/>
    public static Tensor rand_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => input.rand_like(dtype, device, requires_grad);

    /// <inheritdoc cref="Tensor.randn_like(ScalarType?, Device, bool)"/>
    public static Tensor randn_like(Tensor input, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => input.randn_like(dtype, device, requires_grad);

    /// <inheritdoc cref="Tensor.randint_like(long, long, ScalarType?, Device, bool)"/>
    public static Tensor randint_like(Tensor input, long low, long high, ScalarType? dtype = null, Device? device = null, bool requires_grad = false)
        => input.randint_like(low, high, dtype, device, requires_grad);

    private static readonly Operator
        normal_float_float_op = new("aten::normal", "float_float"),
        normal_tensor_tensor_op = new("aten::normal", "Tensor_Tensor");
}
