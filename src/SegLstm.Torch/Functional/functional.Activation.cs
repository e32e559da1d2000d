using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Layers without parameters of their own, as functions.</summary>
        public static partial class functional
        {
            private static readonly Operator s_relu = new("aten::relu"), s_reluInPlace = new("aten::relu_");
            private static readonly Operator s_relu6 = new("aten::relu6"), s_relu6InPlace = new("aten::relu6_");
            private static readonly Operator s_leakyRelu = new("aten::leaky_relu"), s_leakyReluInPlace = new("aten::leaky_relu_");
            private static readonly Operator s_elu = new("aten::elu"), s_eluInPlace = new("aten::elu_");
            private static readonly Operator s_gelu = new("aten::gelu"), s_geluInPlace = new("aten::gelu_");
            private static readonly Operator s_silu = new("aten::silu"), s_siluInPlace = new("aten::silu_");
            private static readonly Operator s_mish = new("aten::mish"), s_mishInPlace = new("aten::mish_");
            private static readonly Operator s_hardswish = new("aten::hardswish"), s_hardswishInPlace = new("aten::hardswish_");
            private static readonly Operator s_hardsigmoid = new("aten::hardsigmoid"), s_hardsigmoidInPlace = new("aten::hardsigmoid_");
            private static readonly Operator s_sigmoid = new("aten::sigmoid"), s_sigmoidInPlace = new("aten::sigmoid_");
            private static readonly Operator s_tanh = new("aten::tanh"), s_tanhInPlace = new("aten::tanh_");
            private static readonly Operator s_softmax = new("aten::softmax", "int");
            private static readonly Operator s_logSoftmax = new("aten::log_softmax", "int");
            private static readonly Operator s_logSigmoid = new("aten::log_sigmoid");
            private static readonly Operator s_softplus = new("aten::softplus");
            private static readonly Operator s_glu = new("aten::glu");

            /// <summary>max(0, x).</summary>
            public static Tensor relu(Tensor x, bool inplace = false) => (inplace ? s_reluInPlace : s_relu).Invoke(x);

            /// <summary>min(max(0, x), 6).</summary>
            public static Tensor relu6(Tensor x, bool inplace = false) => (inplace ? s_relu6InPlace : s_relu6).Invoke(x);

            /// <summary>x where positive, else <paramref name="negative_slope"/> x.</summary>
            public static Tensor leaky_relu(Tensor input, double negative_slope = 0.01, bool inplace = false)
                => (inplace ? s_leakyReluInPlace : s_leakyRelu).Invoke(input, negative_slope);

            /// <summary>x where positive, else <paramref name="alpha"/> (exp(x) - 1).</summary>
            public static Tensor elu(Tensor x, double alpha, bool inplace = false) => (inplace ? s_eluInPlace : s_elu).Invoke(x, alpha);

            /// <summary>x Φ(x), with the normal distribution function Φ.</summary>
            public static Tensor gelu(Tensor x) => WithPlainGradient(s_gelu.Invoke(x));

            /// <summary>x Φ(x), in place where wanted.</summary>
            public static Tensor gelu(Tensor x, bool inplace) => WithPlainGradient((inplace ? s_geluInPlace : s_gelu).Invoke(x));

            /// <summary>x σ(x).</summary>
            public static Tensor silu(Tensor x, bool inplace = false) => (inplace ? s_siluInPlace : s_silu).Invoke(x);

            /// <summary>x tanh(softplus(x)).</summary>
            public static Tensor mish(Tensor x, bool inplace = false) => (inplace ? s_mishInPlace : s_mish).Invoke(x);

            /// <summary>x min(max(0, x + 3), 6) / 6.</summary>
            public static Tensor hardswish(Tensor input, bool inplace = false) => (inplace ? s_hardswishInPlace : s_hardswish).Invoke(input);

            /// <summary>min(max(0, x + 3), 6) / 6.</summary>
            public static Tensor hardsigmoid(Tensor input, bool inplace = false) => (inplace ? s_hardsigmoidInPlace : s_hardsigmoid).Invoke(input);

            /// <summary>1 / (1 + exp(-x)).</summary>
            public static Tensor sigmoid(Tensor x) => s_sigmoid.Invoke(x);

            /// <summary>1 / (1 + exp(-x)), in place where wanted.</summary>
            public static Tensor sigmoid(Tensor x, bool inplace) => (inplace ? s_sigmoidInPlace : s_sigmoid).Invoke(x);

            /// <summary>The hyperbolic tangent.</summary>
            public static Tensor tanh(Tensor x, bool inplace = false) => (inplace ? s_tanhInPlace : s_tanh).Invoke(x);

            /// <summary>exp(x) divided by its sum over <paramref name="dim"/>, computed in <paramref name="dtype"/> where given.</summary>
            public static Tensor softmax(Tensor input, long dim, ScalarType? dtype = null) => s_softmax.Invoke(input, dim, dtype);

            /// <summary>The logarithm of softmax over <paramref name="dim"/>.</summary>
            public static Tensor log_softmax(Tensor x, long dim) => s_logSoftmax.Invoke(x, dim);

            /// <summary>The logarithm of the sigmoid.</summary>
            public static Tensor logsigmoid(Tensor x) => s_logSigmoid.Invoke(x);

            /// <summary>log(1 + exp(beta x)) / beta, and x itself where beta x exceeds the threshold.</summary>
            public static Tensor softplus(Tensor x, double beta = 1.0, double threshold = 20.0) => s_softplus.Invoke(x, beta, threshold);

            /// <summary>One half of <paramref name="dim"/> times the sigmoid of the other half.</summary>
            public static Tensor glu(Tensor input, long dim = -1) => s_glu.Invoke(input, dim);

            /// <summary>Lays the gradient that comes to a tensor out in order: in libtorch 1.13 oneDNN's gradient of the GELU takes
            /// a transposed one for what it is not, and returns memory that nobody wrote.</summary>
            internal static Tensor WithPlainGradient(Tensor gelu)
            {
                if (gelu.requires_grad) GradientHook.Attach(gelu, gradient => gradient.is_contiguous() ? null : gradient.contiguous());
                return gelu;
            }
        }
    }
}
