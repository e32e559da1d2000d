using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>An affine map <c>(…, in)</c> to <c>(…, out)</c>.</summary>
        public static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null)
            => new Linear(inputSize, outputSize, hasBias, device, dtype);

        /// <summary>An affine map with given parameters.</summary>
        public static Linear Linear(Parameter weight, Parameter? bias = null) => new Linear(weight, bias);

        /// <summary>Attention in several heads.</summary>
        /// <param name="embedded_dim">Dimensions E of queries and result.</param>
        /// <param name="num_heads">Heads; they divide <paramref name="embedded_dim"/>.</param>
        /// <param name="dropout">Probability of dropping a weight in training.</param>
        /// <param name="bias">Whether the maps have offsets.</param>
        /// <param name="add_bias_kv">Whether a trained key and value are added.</param>
        /// <param name="add_zero_attn">Whether a key and value of zeros are added.</param>
        /// <param name="kdim">Dimensions of the keys; E where null.</param>
        /// <param name="vdim">Dimensions of the values; E where null.</param>
        public static MultiheadAttention MultiheadAttention(long embedded_dim, long num_heads, double dropout = 0.0, bool bias = true, bool add_bias_kv = false, bool add_zero_attn = false, long? kdim = null, long? vdim = null)
            => new MultiheadAttention(embedded_dim, num_heads, dropout, bias, add_bias_kv, add_zero_attn, kdim, vdim);

        /// <summary>The input, unchanged.</summary>
        public static Identity Identity() => new Identity();

        /// <summary>Merges dimensions <paramref name="start_dim"/> to <paramref name="end_dim"/> into one.</summary>
        public static Flatten Flatten(long start_dim = 1, long end_dim = -1) => new Flatten(start_dim, end_dim);

        /// <summary>Drops elements with probability <paramref name="p"/> in training.</summary>
        public static Dropout Dropout(double p = 0.5, bool inplace = false) => new Dropout(p, inplace);

        /// <summary>Drops channels of <c>(N, C, L)</c> with probability <paramref name="p"/> in training.</summary>
        public static Dropout1d Dropout1d(double p = 0.5, bool inplace = false) => new Dropout1d(p, inplace);

        /// <summary>Drops channels of <c>(N, C, H, W)</c> with probability <paramref name="p"/> in training.</summary>
        public static Dropout2d Dropout2d(double p = 0.5, bool inplace = false) => new Dropout2d(p, inplace);

        /// <summary><c>(N, C r², H, W)</c> to <c>(N, C, H r, W r)</c>.</summary>
        public static PixelShuffle PixelShuffle(long upscale_factor) => new PixelShuffle(upscale_factor);

        /// <summary><c>(N, C, H r, W r)</c> to <c>(N, C r², H, W)</c>.</summary>
        public static PixelUnshuffle PixelUnshuffle(long downscale_factor) => new PixelUnshuffle(downscale_factor);

        /// <summary>The cosine of the angle between vectors along <paramref name="dim"/>.</summary>
        public static CosineSimilarity CosineSimilarity(long dim = 1, double eps = 1e-8) => new CosineSimilarity(dim, eps);

        /// <summary>Resizes feature maps to a size or by a factor.</summary>
        public static Upsample Upsample(long[]? size = null, double[]? scale_factor = null, UpsampleMode mode = UpsampleMode.Nearest, bool? align_corners = null, bool? recompute_scale_factor = null)
            => new Upsample(size, scale_factor, mode, align_corners, recompute_scale_factor);

        /// <summary>Cuts images into square patches, as columns.</summary>
        public static Unfold Unfold(long kernel_size, long dilation = 1, long padding = 0, long stride = 1)
            => new Unfold((kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

        /// <summary>Cuts images into patches, as columns.</summary>
        public static Unfold Unfold((long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null)
            => new Unfold(kernel_size, dilation ?? (1, 1), padding ?? (0, 0), stride ?? (1, 1));

        /// <summary>Adds square patches back up to an image.</summary>
        public static Fold Fold(long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1)
            => new Fold((output_size, output_size), (kernel_size, kernel_size), (dilation, dilation), (padding, padding), (stride, stride));

        /// <summary>Adds patches back up to an image.</summary>
        public static Fold Fold((long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null)
            => new Fold(output_size, kernel_size, dilation ?? (1, 1), padding ?? (0, 0), stride ?? (1, 1));
    }
}
