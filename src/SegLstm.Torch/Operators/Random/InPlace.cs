using SegLstm.Torch;

namespace TorchSharp;

// Random numbers drawn into a tensor.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>Fills with normal random numbers.</summary>
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null)
        {
            normal_inplace_op.InvokeVoid(this, mean, std, generator);
            return this;
        }

        /// <summary>Fills with uniform random numbers of [<c>from</c>, <c>to</c>).</summary>
        public Tensor uniform_(double from, double to, Generator? generator = null)
        {
            uniform_inplace_op.InvokeVoid(this, from, to, generator);
            return this;
        }

        /// <summary>Fills with uniform integers of [<c>from</c>, <c>to</c>).</summary>
        public Tensor random_(double from, double to, Generator? generator = null)
        {
            random_inplace_from_op.InvokeVoid(this, (long)from, (long)to, generator);
            return this;
        }

        /// <summary>Fills with exponential random numbers of rate <c>lambda</c>.</summary>
        public Tensor exponential_(double lambda = 1, Generator? generator = null)
        {
            exponential_inplace_op.InvokeVoid(this, lambda, generator);
            return this;
        }

        /// <summary>Fills with geometric random numbers: trials up to the first success of probability <c>p</c>.</summary>
        public Tensor geometric_(double p, Generator? generator = null) { geometric_inplace_op.InvokeVoid(this, p, generator); return this; }

        /// <summary>Fills with Cauchy random numbers.</summary>
        public Tensor cauchy_(double median = 0, double sigma = 1, Generator? generator = null)
        {
            cauchy_inplace_op.InvokeVoid(this, median, sigma, generator);
            return this;
        }

        /// <summary>Fills with numbers whose logarithm is normal.</summary>
        public Tensor log_normal_(double mean = 0, double std = 1, Generator? generator = null)
        {
            log_normal_inplace_op.InvokeVoid(this, mean, std, generator);
            return this;
        }

        private static readonly Operator
            cauchy_inplace_op = new("aten::cauchy_"),
            exponential_inplace_op = new("aten::exponential_"),
            geometric_inplace_op = new("aten::geometric_"),
            log_normal_inplace_op = new("aten::log_normal_"),
            normal_inplace_op = new("aten::normal_"),
            random_inplace_from_op = new("aten::random_", "from"),
            uniform_inplace_op = new("aten::uniform_");
    }
}
