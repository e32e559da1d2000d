using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>max(0, x).</summary>
        public static ReLU ReLU(bool inplace = false) => new ReLU(inplace);

        /// <summary>min(max(0, x), 6).</summary>
        public static ReLU6 ReLU6(bool inplace = false) => new ReLU6(inplace);

        /// <summary>x where positive, else <paramref name="negative_slope"/> x.</summary>
        public static LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new LeakyReLU(negative_slope, inplace);

        /// <summary>x where positive, else <paramref name="alpha"/> (exp(x) - 1).</summary>
        public static ELU ELU(double alpha = 1.0, bool inplace = false) => new ELU(alpha, inplace);

        /// <summary>x Φ(x), with the normal distribution function Φ.</summary>
        public static GELU GELU() => new GELU(inplace: false);

        /// <summary>x Φ(x), in place where wanted.</summary>
        public static GELU GELU(bool inplace) => new GELU(inplace);

        /// <summary>x σ(x).</summary>
        public static SiLU SiLU() => new SiLU(inplace: false);

        /// <summary>x σ(x), in place where wanted.</summary>
        public static SiLU SiLU(bool inplace) => new SiLU(inplace);

        /// <summary>x tanh(softplus(x)).</summary>
        public static Mish Mish() => new Mish(inplace: false);

        /// <summary>x tanh(softplus(x)), in place where wanted.</summary>
        public static Mish Mish(bool inplace) => new Mish(inplace);

        /// <summary>x min(max(0, x + 3), 6) / 6.</summary>
        public static Hardswish Hardswish(bool inplace = false) => new Hardswish(inplace);

        /// <summary>min(max(0, x + 3), 6) / 6.</summary>
        public static Hardsigmoid Hardsigmoid(bool inplace = false) => new Hardsigmoid(inplace);

        /// <summary>1 / (1 + exp(-x)).</summary>
        public static Sigmoid Sigmoid() => new Sigmoid(inplace: false);

        /// <summary>1 / (1 + exp(-x)), in place where wanted.</summary>
        public static Sigmoid Sigmoid(bool inplace) => new Sigmoid(inplace);

        /// <summary>The hyperbolic tangent.</summary>
        public static Tanh Tanh() => new Tanh(inplace: false);

        /// <summary>The hyperbolic tangent, in place where wanted.</summary>
        public static Tanh Tanh(bool inplace = false) => new Tanh(inplace);

        /// <summary>exp(x) divided by its sum over <paramref name="dim"/>.</summary>
        public static Softmax Softmax(long dim) => new Softmax(dim);

        /// <summary>The logarithm of softmax over <paramref name="dim"/>.</summary>
        public static LogSoftmax LogSoftmax(long dim) => new LogSoftmax(dim);

        /// <summary>The logarithm of the sigmoid.</summary>
        public static LogSigmoid LogSigmoid() => new LogSigmoid();

        /// <summary>log(1 + exp(beta x)) / beta.</summary>
        public static Softplus Softplus(double beta = 1.0, double threshold = 20.0) => new Softplus(beta, threshold);

        /// <summary>One half of <paramref name="dim"/> times the sigmoid of the other half.</summary>
        public static GLU GLU(long dim = -1) => new GLU(dim);
    }
}
