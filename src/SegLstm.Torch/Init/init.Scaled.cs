using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class init
        {
            private static readonly Operator s_qr = new("aten::linalg_qr");

            /// <summary>Glorot's rule: uniform, with variance 2 gain² / (fan_in + fan_out).</summary>
            public static Tensor xavier_uniform_(Tensor tensor, double gain = 1.0)
            {
                var bound = Math.Sqrt(3.0) * GlorotDeviation(tensor, gain);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>Glorot's rule: normal, with variance 2 gain² / (fan_in + fan_out).</summary>
            public static Tensor xavier_normal_(Tensor tensor, double gain = 1.0) => normal_(tensor, 0, GlorotDeviation(tensor, gain));

            /// <inheritdoc cref="xavier_uniform_"/>
            public static Tensor glorot_uniform_(Tensor tensor, double gain = 1.0) => xavier_uniform_(tensor, gain);

            /// <inheritdoc cref="xavier_normal_"/>
            public static Tensor glorot_normal_(Tensor tensor, double gain = 1.0) => xavier_normal_(tensor, gain);

            /// <summary>He's rule: uniform, with variance gain² / fan.</summary>
            /// <param name="tensor">The weights.</param>
            /// <param name="a">The negative slope of a leaky ReLU.</param>
            /// <param name="mode">Which fan keeps its variance: in (forward) or out (backward).</param>
            /// <param name="nonlinearity">What follows the layer.</param>
            public static Tensor kaiming_uniform_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
            {
                var bound = Math.Sqrt(3.0) * KaimingDeviation(tensor, a, mode, nonlinearity);
                return uniform_(tensor, -bound, bound);
            }

            /// <summary>He's rule: normal, with variance gain² / fan.</summary>
            /// <inheritdoc cref="kaiming_uniform_"/>
            public static Tensor kaiming_normal_(Tensor tensor, double a = 0, FanInOut mode = FanInOut.FanIn, NonlinearityType nonlinearity = NonlinearityType.LeakyReLU)
                => normal_(tensor, 0, KaimingDeviation(tensor, a, mode, nonlinearity));

            /// <summary>A (semi-)orthogonal matrix of random orientation (Saxe et al. 2013); further dimensions count as columns.</summary>
            public static Tensor orthogonal_(Tensor tensor, double gain = 1.0)
            {
                if (tensor.dim() < 2) throw new ArgumentException($"orthogonal_ takes at least 2 dimensions; got {tensor.dim()}.", nameof(tensor));
                using var noGradient = no_grad();
                using var scope = NewDisposeScope();
                var rows = tensor.size(0);
                var columns = tensor.numel() / rows;
                var flat = torch.empty([rows, columns], tensor.dtype, tensor.device);
                normal_(flat);
                var (q, r) = s_qr.Invoke2(rows < columns ? flat.t() : flat);

                // The signs of R's diagonal make the distribution uniform.
                q = q.mul(r.diag().sign());
                if (rows < columns) q = q.t();
                tensor.copy_(q.view_as(tensor));
                s_multiply.InvokeVoid(tensor, gain);
                return tensor;
            }

            /// <summary>The factor by which a nonlinearity changes the deviation of its input.</summary>
            /// <param name="nonlinearity">What follows the layer.</param>
            /// <param name="param">The negative slope of a leaky ReLU; 0 is PyTorch's 0, not its default 0.01.</param>
            public static double calculate_gain(NonlinearityType nonlinearity, double param = 0.0) => nonlinearity switch
            {
                NonlinearityType.Tanh => 5.0 / 3.0,
                NonlinearityType.ReLU => Math.Sqrt(2.0),
                NonlinearityType.LeakyReLU => Math.Sqrt(2.0 / (1 + param * param)),
                _ => 1,
            };

            /// <summary>How many inputs reach an output of a layer with these weights, and how many outputs an input reaches.</summary>
            /// <exception cref="ArgumentException">Fewer than two dimensions.</exception>
            public static (long fanIn, long fanOut) CalculateFanInAndFanOut(Tensor tensor)
            {
                var sizes = tensor.shape;
                if (sizes.Length < 2) throw new ArgumentException($"The fans of a tensor need at least 2 dimensions; got {sizes.Length}.", nameof(tensor));
                var taps = sizes.Skip(2).Aggregate(1L, (product, size) => product * size);
                return (sizes[1] * taps, sizes[0] * taps);
            }

            private static double GlorotDeviation(Tensor tensor, double gain)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return gain * Math.Sqrt(2.0 / (fanIn + fanOut));
            }

            private static double KaimingDeviation(Tensor tensor, double a, FanInOut mode, NonlinearityType nonlinearity)
            {
                var (fanIn, fanOut) = CalculateFanInAndFanOut(tensor);
                return calculate_gain(nonlinearity, a) / Math.Sqrt(mode == FanInOut.FanIn ? fanIn : fanOut);
            }
        }
    }
}
