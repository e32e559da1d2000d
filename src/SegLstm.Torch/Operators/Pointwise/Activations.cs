using SegLstm.Torch;

namespace TorchSharp;

// Activation functions.
public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid() => sigmoid_op.Invoke(this);

        /// <summary>In place: 1 / (1 + exp(-x)).</summary>
        public Tensor sigmoid_() { sigmoid_inplace_op.InvokeVoid(this); return this; }

        /// <summary>max(x, 0).</summary>
        public Tensor relu() => relu_op.Invoke(this);

        /// <summary>In place: max(x, 0).</summary>
        public Tensor relu_() { relu_inplace_op.InvokeVoid(this); return this; }

        /// <summary>x limited to [0, 6].</summary>
        public Tensor relu6() => relu6_op.Invoke(this);

        /// <summary>In place: x limited to [0, 6].</summary>
        public Tensor relu6_() { relu6_inplace_op.InvokeVoid(this); return this; }

        /// <summary>x where positive, <c>negative_slope</c> times x elsewhere.</summary>
        public Tensor leaky_relu(Scalar negative_slope) => leaky_relu_op.Invoke(this, negative_slope);

        /// <summary>In place: x where positive, <c>negative_slope</c> times x elsewhere.</summary>
        public Tensor leaky_relu_(Scalar negative_slope) { leaky_relu_inplace_op.InvokeVoid(this, negative_slope); return this; }

        /// <summary>Leaky ReLU whose slope is drawn from [<c>lower</c>, <c>upper</c>]; here, outside training, their mean.</summary>
        public Tensor rrelu(double lower = 1.0 / 8, double upper = 1.0 / 3) => rrelu_op.Invoke(this, lower, upper);

        /// <summary>In place: Leaky ReLU whose slope is drawn from [<c>lower</c>, <c>upper</c>]; here, outside training, their mean.</summary>
        public Tensor rrelu_(double lower = 1.0 / 8, double upper = 1.0 / 3) { rrelu_inplace_op.InvokeVoid(this, lower, upper); return this; }

        /// <summary>x where positive, alpha * (exp(x) - 1) elsewhere.</summary>
        public Tensor elu(double alpha = 1) => elu_op.Invoke(this, alpha);

        /// <inheritdoc cref="elu(double)"/>
        public Tensor elu(Scalar alpha, Scalar scale, Scalar input_scale) => elu_op.Invoke(this, alpha, scale, input_scale);

        /// <summary>In place: x where positive, alpha * (exp(x) - 1) elsewhere.</summary>
        public Tensor elu_(double alpha = 1) { elu_inplace_op.InvokeVoid(this, alpha); return this; }

        /// <inheritdoc cref="elu_(double)"/>
        public Tensor elu_(Scalar alpha, Scalar scale, Scalar input_scale)
        {
            elu_inplace_op.InvokeVoid(this, alpha, scale, input_scale);
            return this;
        }

        /// <summary>max(0, x) + min(0, alpha * (exp(x / alpha) - 1)).</summary>
        public Tensor celu() => celu_op.Invoke(this);

        /// <inheritdoc cref="celu()"/>
        public Tensor celu(Scalar alpha) => celu_op.Invoke(this, alpha);

        /// <summary>In place: max(0, x) + min(0, alpha * (exp(x / alpha) - 1)).</summary>
        public Tensor celu_() { celu_inplace_op.InvokeVoid(this); return this; }

        /// <inheritdoc cref="celu_()"/>
        public Tensor celu_(Scalar alpha) { celu_inplace_op.InvokeVoid(this, alpha); return this; }

        /// <summary>Self-normalising ELU with its two fixed constants.</summary>
        public Tensor selu() => selu_op.Invoke(this);

        /// <summary>In place: self-normalising ELU with its two fixed constants.</summary>
        public Tensor selu_() { selu_inplace_op.InvokeVoid(this); return this; }

        /// <summary>x times the cumulative normal distribution of x.</summary>
        public Tensor gelu() => nn.functional.gelu(this);

        /// <summary>In place: x times the cumulative normal distribution of x.</summary>
        public Tensor gelu_() => nn.functional.gelu(this, inplace: true);

        /// <summary>x * sigmoid(x), also known as swish.</summary>
        public Tensor silu() => silu_op.Invoke(this);

        /// <summary>In place: x * sigmoid(x), also known as swish.</summary>
        public Tensor silu_() { silu_inplace_op.InvokeVoid(this); return this; }

        /// <summary>Splits along <c>dim</c> into a and b and gives a * sigmoid(b).</summary>
        public Tensor glu(long dim = -1) => glu_op.Invoke(this, dim);

        /// <summary>x / 6 + 1/2, limited to [0, 1].</summary>
        public Tensor hardsigmoid() => hardsigmoid_op.Invoke(this);

        /// <summary>In place: x / 6 + 1/2, limited to [0, 1].</summary>
        public Tensor hardsigmoid_() { hardsigmoid_inplace_op.InvokeVoid(this); return this; }

        /// <summary>x * relu6(x + 3) / 6.</summary>
        public Tensor hardswish() => hardswish_op.Invoke(this);

        /// <summary>In place: x * relu6(x + 3) / 6.</summary>
        public Tensor hardswish_() { hardswish_inplace_op.InvokeVoid(this); return this; }

        /// <summary>x limited to [<c>min</c>, <c>max</c>].</summary>
        public Tensor hardtanh(Scalar min, Scalar max) => hardtanh_op.Invoke(this, min, max);

        /// <summary>In place: x limited to [<c>min</c>, <c>max</c>].</summary>
        public Tensor hardtanh_(Scalar min, Scalar max) { hardtanh_inplace_op.InvokeVoid(this, min, max); return this; }

        /// <summary>x where positive, <c>target</c> times x elsewhere, one slope a channel or one for all.</summary>
        public Tensor prelu(Tensor target) => prelu_op.Invoke(this, target);

        /// <summary>log(1 + exp(beta x)) / beta, and x itself where beta x exceeds <c>threshold</c>.</summary>
        public Tensor softplus(double beta = 1, double threshold = 20) => softplus_op.Invoke(this, beta, threshold);

        /// <summary>log(sigmoid(x)).</summary>
        public Tensor log_sigmoid() => log_sigmoid_op.Invoke(this);

        /// <summary>exp(x) divided by its sum along <c>dim</c>.</summary>
        public Tensor softmax(long dim, ScalarType? dtype = null) => softmax_int_op.Invoke(this, dim, dtype);

        /// <summary>The logarithm of softmax along <c>dim</c>, without overflow.</summary>
        public Tensor log_softmax(long dim, ScalarType? dtype = null) => log_softmax_int_op.Invoke(this, dim, dtype);

        private static readonly Operator
            celu_inplace_op = new("aten::celu_"),
            celu_op = new("aten::celu"),
            elu_inplace_op = new("aten::elu_"),
            elu_op = new("aten::elu"),
            glu_op = new("aten::glu"),
            hardsigmoid_inplace_op = new("aten::hardsigmoid_"),
            hardsigmoid_op = new("aten::hardsigmoid"),
            hardswish_inplace_op = new("aten::hardswish_"),
            hardswish_op = new("aten::hardswish"),
            hardtanh_inplace_op = new("aten::hardtanh_"),
            hardtanh_op = new("aten::hardtanh"),
            leaky_relu_inplace_op = new("aten::leaky_relu_"),
            leaky_relu_op = new("aten::leaky_relu"),
            log_sigmoid_op = new("aten::log_sigmoid"),
            log_softmax_int_op = new("aten::log_softmax", "int"),
            prelu_op = new("aten::prelu"),
            relu6_inplace_op = new("aten::relu6_"),
            relu6_op = new("aten::relu6"),
            relu_inplace_op = new("aten::relu_"),
            relu_op = new("aten::relu"),
            rrelu_inplace_op = new("aten::rrelu_"),
            rrelu_op = new("aten::rrelu"),
            selu_inplace_op = new("aten::selu_"),
            selu_op = new("aten::selu"),
            sigmoid_inplace_op = new("aten::sigmoid_"),
            sigmoid_op = new("aten::sigmoid"),
            silu_inplace_op = new("aten::silu_"),
            silu_op = new("aten::silu"),
            softmax_int_op = new("aten::softmax", "int"),
            softplus_op = new("aten::softplus");
    }

    /// <inheritdoc cref="Tensor.sigmoid()"/>
    public static Tensor sigmoid(Tensor input) => input.sigmoid();

    /// <inheritdoc cref="Tensor.sigmoid_()"/>
    public static Tensor sigmoid_(Tensor input) => input.sigmoid_();

    /// <inheritdoc cref="Tensor.softmax(long, ScalarType?)"/>
    public static Tensor softmax(Tensor input, int dim, ScalarType? dtype = null) => softmax_int_op.Invoke(input, dim, dtype);

    private static readonly Operator
        softmax_int_op = new("aten::softmax", "int");
}
