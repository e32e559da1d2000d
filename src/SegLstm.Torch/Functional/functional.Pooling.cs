using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_maxPool1d = new("aten::max_pool1d");
            private static readonly Operator s_maxPool2d = new("aten::max_pool2d"), s_maxPool2dWithIndices = new("aten::max_pool2d_with_indices");
            private static readonly Operator s_avgPool1d = new("aten::avg_pool1d"), s_avgPool2d = new("aten::avg_pool2d");
            private static readonly Operator s_adaptiveAvgPool1d = new("aten::adaptive_avg_pool1d"), s_adaptiveAvgPool2d = new("aten::adaptive_avg_pool2d");
            private static readonly Operator s_adaptiveMaxPool2d = new("aten::adaptive_max_pool2d");
            private static readonly long[] s_empty = [];

            /// <summary>Maxima of windows of <c>(N, C, L)</c>.</summary>
            public static Tensor max_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false)
                => s_maxPool1d.Invoke(input, new[] { kernel_size }, One(stride, s_empty), One(padding, s_zero), One(dilation, s_one), ceil_mode);

            /// <summary>Maxima of windows of <c>(N, C, H, W)</c>; the windows stand side by side unless <paramref name="strides"/> are given.</summary>
            public static Tensor max_pool2d(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
                => s_maxPool2d.Invoke(input, kernel_size, strides ?? s_empty, padding ?? s_zeros, dilation ?? s_ones, ceil_mode);

            /// <summary>Maxima of square windows of <c>(N, C, H, W)</c>.</summary>
            public static Tensor max_pool2d(Tensor input, long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false)
                => max_pool2d(input, Square(kernel_size), SquareOrNull(stride), SquareOrNull(padding), SquareOrNull(dilation), ceil_mode);

            /// <summary>Maxima of windows of <c>(N, C, H, W)</c>.</summary>
            public static Tensor max_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false)
                => max_pool2d(input, Pair(kernel_size, 1), PairOrNull(stride), PairOrNull(padding), PairOrNull(dilation), ceil_mode);

            /// <summary>Maxima of windows of <c>(N, C, H, W)</c> and where they stood, as flat int64 indices into each plane.</summary>
            public static (Tensor output, Tensor indices) max_pool2d_with_indices(Tensor input, long[] kernel_size, long[]? strides = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
                => s_maxPool2dWithIndices.Invoke2(input, kernel_size, strides ?? s_empty, padding ?? s_zeros, dilation ?? s_ones, ceil_mode);

            /// <summary>Means of windows of <c>(N, C, L)</c>.</summary>
            public static Tensor avg_pool1d(Tensor input, long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true)
                => s_avgPool1d.Invoke(input, new[] { kernel_size }, One(stride, s_empty), One(padding, s_zero), ceil_mode, count_include_pad);

            /// <summary>Means of windows of <c>(N, C, H, W)</c>; the windows stand side by side unless <paramref name="stride"/> is given.</summary>
            public static Tensor avg_pool2d(Tensor input, long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => s_avgPool2d.Invoke(input, kernel_size, stride ?? s_empty, padding ?? s_zeros, ceil_mode, count_include_pad, divisor_override);

            /// <summary>Means of square windows of <c>(N, C, H, W)</c>.</summary>
            public static Tensor avg_pool2d(Tensor input, long kernel_size, long? stride = null, long padding = 0, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => avg_pool2d(input, Square(kernel_size), SquareOrNull(stride), Square(padding), ceil_mode, count_include_pad, divisor_override);

            /// <summary>Means of windows of <c>(N, C, H, W)</c>.</summary>
            public static Tensor avg_pool2d(Tensor input, (long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
                => avg_pool2d(input, Pair(kernel_size, 1), PairOrNull(stride), PairOrNull(padding), ceil_mode, count_include_pad, divisor_override);

            /// <summary>Means over windows chosen for a wanted output length.</summary>
            public static Tensor adaptive_avg_pool1d(Tensor input, long output_size) => s_adaptiveAvgPool1d.Invoke(input, new[] { output_size });

            /// <summary>Means over windows chosen for a wanted output size.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long[] output_size) => s_adaptiveAvgPool2d.Invoke(input, output_size);

            /// <summary>Means over windows chosen for a wanted output size.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, (long, long) output_size) => adaptive_avg_pool2d(input, Pair(output_size, 1));

            /// <summary>Means over windows chosen for a wanted square output.</summary>
            public static Tensor adaptive_avg_pool2d(Tensor input, long output_size) => adaptive_avg_pool2d(input, Square(output_size));

            /// <summary>Maxima over windows chosen for a wanted output size.</summary>
            public static Tensor adaptive_max_pool2d(Tensor input, long[] output_size)
            {
                var (values, indices) = adaptive_max_pool2d_with_indices(input, output_size);
                indices.Dispose();
                return values;
            }

            /// <summary>Maxima over windows chosen for a wanted output size, and where they stood.</summary>
            public static (Tensor output, Tensor indices) adaptive_max_pool2d_with_indices(Tensor input, long[] output_size) => s_adaptiveMaxPool2d.Invoke2(input, output_size);
        }
    }
}
