using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Initial values of parameters. Each function changes the tensor in place and returns it; the random numbers are PyTorch's.</summary>
        public static partial class init
        {
            private static readonly Operator s_uniform = new("aten::uniform_"), s_normal = new("aten::normal_");
            private static readonly Operator s_fill = new("aten::fill_", "Scalar");
            private static readonly Operator s_erfinv = new("aten::erfinv_"), s_clamp = new("aten::clamp_");
            private static readonly Operator s_multiply = new("aten::mul_", "Scalar"), s_add = new("aten::add_", "Scalar");
            private static readonly Operator s_eye = new("aten::eye", "m");

            /// <summary>Fills a tensor with one value.</summary>
            public static Tensor constant_(Tensor tensor, Scalar val) => InPlace(tensor, s_fill, val);

            /// <summary>Fills a tensor with ones.</summary>
            public static Tensor ones_(Tensor tensor) => InPlace(tensor, s_fill, 1);

            /// <summary>Fills a tensor with zeros.</summary>
            public static Tensor zeros_(Tensor tensor) => InPlace(tensor, s_fill, 0);

            /// <summary>Fills a matrix with ones on the diagonal and zeros elsewhere.</summary>
            public static Tensor eye_(Tensor tensor)
            {
                if (tensor.dim() != 2) throw new ArgumentException($"eye_ takes a matrix; got {tensor.dim()} dimensions.", nameof(tensor));
                using var identity = s_eye.Invoke(tensor.size(0), tensor.size(1), tensor.dtype, Argument.None, tensor.device);
                return CopyInto(tensor, identity);
            }

            /// <summary>Fills a convolution's kernels so that as many channels as possible pass unchanged.</summary>
            public static Tensor dirac_(Tensor tensor)
            {
                var sizes = tensor.shape;
                if (sizes.Length is < 3 or > 5) throw new ArgumentException($"dirac_ takes the kernels of a convolution, 3 to 5 dimensions; got {sizes.Length}.", nameof(tensor));
                zeros_(tensor);
                using var noGradient = no_grad();
                for (var channel = 0L; channel < Math.Min(sizes[0], sizes[1]); channel++)
                {
                    using var middle = Middle(tensor, sizes, channel);
                    middle.fill_(1);
                }
                return tensor;
            }

            /// <summary>Draws from the uniform distribution between <paramref name="low"/> and <paramref name="high"/>.</summary>
            public static Tensor uniform_(Tensor tensor, double low = 0, double high = 1, Generator? generator = null)
                => InPlace(tensor, s_uniform, low, high, generator);

            /// <summary>Draws from the normal distribution.</summary>
            public static Tensor normal_(Tensor tensor, double mean = 0, double std = 1, Generator? generator = null)
                => InPlace(tensor, s_normal, mean, std, generator);

            /// <summary>Draws from the normal distribution cut off at <paramref name="a"/> and <paramref name="b"/>.</summary>
            public static Tensor trunc_normal_(Tensor tensor, double mean = 0, double std = 1, double a = -2, double b = 2, Generator? generator = null)
            {
                if (std <= 0 || a >= b) throw new ArgumentException($"trunc_normal_ takes std > 0 and a < b; got std {std}, a {a}, b {b}.");
                var (low, high) = (NormalDistribution((a - mean) / std), NormalDistribution((b - mean) / std));
                using var noGradient = no_grad();

                // Uniform numbers between the two values of the distribution function, sent through its inverse.
                s_uniform.InvokeVoid(tensor, 2 * low - 1, 2 * high - 1, generator);
                s_erfinv.InvokeVoid(tensor);
                s_multiply.InvokeVoid(tensor, std * Math.Sqrt(2));
                s_add.InvokeVoid(tensor, mean);
                s_clamp.InvokeVoid(tensor, a, b);
                return tensor;
            }

            private static Tensor InPlace(Tensor tensor, Operator change, params ReadOnlySpan<Argument> arguments)
            {
                using var noGradient = no_grad();
                change.InvokeVoid([tensor, .. arguments]);
                return tensor;
            }

            private static Tensor CopyInto(Tensor tensor, Tensor values)
            {
                using var noGradient = no_grad();
                return tensor.copy_(values);
            }

            private static Tensor Middle(Tensor kernels, long[] sizes, long channel)
            {
                var current = kernels.select(0, channel);
                foreach (var index in new[] { channel }.Concat(sizes.Skip(2).Select(size => size / 2)))
                {
                    var next = current.select(0, index);
                    current.Dispose();
                    current = next;
                }
                return current;
            }

            /// <summary>The distribution function of the standard normal distribution.</summary>
            private static double NormalDistribution(double x)
            {
                using var argument = torch.tensor(x / Math.Sqrt(2), ScalarType.Float64, CPU);
                using var value = s_erf.Invoke(argument);
                return (1 + value.item<double>()) / 2;
            }

            private static readonly Operator s_erf = new("aten::erf");
        }
    }
}
