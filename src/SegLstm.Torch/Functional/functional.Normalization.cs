using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_layerNorm = new("aten::layer_norm");
            private static readonly Operator s_groupNorm = new("aten::group_norm");
            private static readonly Operator s_batchNorm = new("aten::batch_norm");
            private static readonly Operator s_instanceNorm = new("aten::instance_norm");

            /// <summary>Normalises the trailing dimensions of <paramref name="normalized_shape"/> to mean 0 and variance 1, then scales and shifts.</summary>
            public static Tensor layer_norm(Tensor input, long[] normalized_shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
                => s_layerNorm.Invoke(input, normalized_shape, weight, bias, eps);

            /// <summary>Normalises groups of channels of each sample of <c>(N, C, *)</c>, then scales and shifts.</summary>
            public static Tensor group_norm(Tensor input, long num_groups, Tensor? weight = null, Tensor? bias = null, double eps = 1e-05)
                => s_groupNorm.Invoke(input, num_groups, weight, bias, eps);

            /// <summary>Normalises each channel of <c>(N, C, *)</c> over batch and space; in training the running statistics move.</summary>
            /// <exception cref="ArgumentException">In training there is one value of each channel, which has no variance.</exception>
            public static Tensor batch_norm(Tensor input, Tensor? running_mean, Tensor? running_var, Tensor? weight = null, Tensor? bias = null, bool training = false, double momentum = 0.1, double eps = 1e-05)
            {
                if (training && input.dim() > 1 && input.numel() == input.shape[1])
                {
                    throw new ArgumentException($"Batch norm in training needs more than one value of each channel, got an input of shape ({string.Join(", ", input.shape)}): take a batch of 2 or more, or call eval().", nameof(input));
                }

                return s_batchNorm.Invoke(input, weight, bias, running_mean, running_var, training, momentum, eps, true);
            }

            /// <summary>Normalises each channel of each sample of <c>(N, C, *)</c> over space.</summary>
            public static Tensor instance_norm(Tensor input, Tensor? running_mean = null, Tensor? running_var = null, Tensor? weight = null, Tensor? bias = null, bool use_input_stats = true, double momentum = 0.1, double eps = 1e-05)
                => s_instanceNorm.Invoke(input, weight, bias, running_mean, running_var, use_input_stats, momentum, eps, true);

            /// <summary>Divides vectors along <paramref name="dim"/> by their p-norm, or by <paramref name="eps"/> where that is larger.</summary>
            public static Tensor normalize(Tensor input, double p = 2.0, long dim = 1, double eps = 1e-12)
            {
                using var norm = s_norm.Invoke(input, p, new[] { dim }, true);
                using var length = s_clampMin.Invoke(norm, eps);
                return s_divide.Invoke(input, length);
            }

            private static readonly Operator s_norm = new("aten::norm", "ScalarOpt_dim");
            private static readonly Operator s_clampMin = new("aten::clamp_min");
            private static readonly Operator s_divide = new("aten::div", "Tensor");
        }
    }
}
