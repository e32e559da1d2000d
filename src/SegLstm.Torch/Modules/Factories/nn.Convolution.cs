using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Convolution of <c>(N, C, L)</c>.</summary>
        public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new Conv1d(in_channels, out_channels, [kernel_size], [stride], [padding], null, [dilation], padding_mode, groups, bias, device, dtype);

        /// <summary>Convolution of <c>(N, C, L)</c>, padded by name.</summary>
        public static Conv1d Conv1d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new Conv1d(in_channels, out_channels, [kernel_size], [stride], null, padding, [dilation], padding_mode, groups, bias, device, dtype);

        /// <summary>Convolution of <c>(N, C, H, W)</c> with a square kernel.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new Conv2d(in_channels, out_channels, Square(kernel_size), Square(stride), Square(padding), null, Square(dilation), padding_mode, groups, bias, device, dtype);

        /// <summary>Convolution of <c>(N, C, H, W)</c>.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new Conv2d(in_channels, out_channels, Pair(kernel_size, 1), Pair(stride, 1), Pair(padding, 0), null, Pair(dilation, 1), padding_mode, groups, bias, device, dtype);

        /// <summary>Convolution of <c>(N, C, H, W)</c> with a square kernel, padded by name.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, Padding padding, long stride = 1, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new Conv2d(in_channels, out_channels, Square(kernel_size), Square(stride), null, padding, Square(dilation), padding_mode, groups, bias, device, dtype);

        /// <summary>Convolution of <c>(N, C, H, W)</c>, padded by name.</summary>
        public static Conv2d Conv2d(long in_channels, long out_channels, (long, long) kernel_size, Padding padding, (long, long)? stride = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new Conv2d(in_channels, out_channels, Pair(kernel_size, 1), Pair(stride, 1), null, padding, Pair(dilation, 1), padding_mode, groups, bias, device, dtype);

        /// <summary>Transposed convolution of <c>(N, C, H, W)</c> with a square kernel.</summary>
        public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long output_padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new ConvTranspose2d(in_channels, out_channels, Square(kernel_size), Square(stride), Square(padding), Square(output_padding), Square(dilation), padding_mode, groups, bias, device, dtype);

        /// <summary>Transposed convolution of <c>(N, C, H, W)</c>.</summary>
        public static ConvTranspose2d ConvTranspose2d(long in_channels, long out_channels, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? output_padding = null, (long, long)? dilation = null, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null)
            => new ConvTranspose2d(in_channels, out_channels, Pair(kernel_size, 1), Pair(stride, 1), Pair(padding, 0), Pair(output_padding, 0), Pair(dilation, 1), padding_mode, groups, bias, device, dtype);

        private static long[] Square(long side) => [side, side];

        private static long[] Pair((long, long)? pair, long otherwise) => pair is { } given ? [given.Item1, given.Item2] : [otherwise, otherwise];
    }
}
