using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Batch normalisation of <c>(N, C) or (N, C, L)</c>.</summary>
        public static BatchNorm1d BatchNorm1d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
            => new BatchNorm1d(num_features, eps, momentum, affine, track_running_stats, device, dtype);

        /// <summary>Batch normalisation of <c>(N, C, H, W)</c>.</summary>
        public static BatchNorm2d BatchNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null)
            => new BatchNorm2d(num_features, eps, momentum, affine, track_running_stats, device, dtype);

        /// <summary>Instance normalisation of <c>(N, C, H, W)</c>.</summary>
        public static InstanceNorm2d InstanceNorm2d(long num_features, double eps = 1e-05, double momentum = 0.1, bool affine = false, bool track_running_stats = false, Device? device = null, ScalarType? dtype = null)
            => new InstanceNorm2d(num_features, eps, momentum, affine, track_running_stats, device, dtype);

        /// <summary>Normalises the trailing dimensions of the given shape.</summary>
        public static LayerNorm LayerNorm(long[] normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new LayerNorm(normalized_shape, eps, elementwise_affine, bias, device, dtype);

        /// <summary>Normalises the last dimension.</summary>
        public static LayerNorm LayerNorm(long normalized_shape, double eps = 1e-05, bool elementwise_affine = true, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new LayerNorm([normalized_shape], eps, elementwise_affine, bias, device, dtype);

        /// <summary>Normalises groups of channels.</summary>
        public static GroupNorm GroupNorm(long num_groups, long num_channels, double eps = 1e-05, bool affine = true, Device? device = null, ScalarType? dtype = null)
            => new GroupNorm(num_groups, num_channels, eps, affine, device, dtype);
    }
}
