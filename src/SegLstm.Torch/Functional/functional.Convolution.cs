using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_linear = new("aten::linear");
            private static readonly Operator s_conv1d = new("aten::conv1d"), s_conv1dByName = new("aten::conv1d", "padding");
            private static readonly Operator s_conv2d = new("aten::conv2d"), s_conv2dByName = new("aten::conv2d", "padding");
            private static readonly Operator s_conv3d = new("aten::conv3d");
            private static readonly Operator s_convTranspose1d = new("aten::conv_transpose1d");
            private static readonly Operator s_convTranspose2d = new("aten::conv_transpose2d", "input");

            private static readonly long[] s_one = [1], s_zero = [0], s_ones = [1, 1], s_zeros = [0, 0], s_threeOnes = [1, 1, 1], s_threeZeros = [0, 0, 0];

            /// <summary>An affine map <c>(…, in)</c> to <c>(…, out)</c> with weights <c>(out, in)</c>.</summary>
            public static Tensor linear(Tensor input, Tensor weights, Tensor? bias = null) => s_linear.Invoke(input, weights, bias);

            /// <summary>Convolution of <c>(N, C, L)</c> with <c>(out, C / groups, k)</c>.</summary>
            public static Tensor conv1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? dilation = null, long groups = 1)
                => s_conv1d.Invoke(input, weight, bias, One(stride, s_one), One(padding, s_zero), One(dilation, s_one), groups);

            /// <summary>Convolution of <c>(N, C, L)</c>, padded by name.</summary>
            public static Tensor conv1d_padding(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, Padding padding = Padding.Valid, long? dilation = null, long groups = 1)
                => s_conv1dByName.Invoke(input, weight, bias, One(stride, s_one), Name(padding), One(dilation, s_one), groups);

            /// <summary>Convolution of <c>(N, C, H, W)</c> with <c>(out, C / groups, kh, kw)</c>.</summary>
            public static Tensor conv2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
                => s_conv2d.Invoke(input, weight, bias, strides ?? s_ones, padding ?? s_zeros, dilation ?? s_ones, groups);

            /// <summary>Convolution of <c>(N, C, H, W)</c>, padded by name.</summary>
            public static Tensor conv2d_padding(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, Padding padding = Padding.Valid, long[]? dilation = null, long groups = 1)
                => s_conv2dByName.Invoke(input, weight, bias, strides ?? s_ones, Name(padding), dilation ?? s_ones, groups);

            /// <summary>Convolution of <c>(N, C, D, H, W)</c> with <c>(out, C / groups, kd, kh, kw)</c>.</summary>
            public static Tensor conv3d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? dilation = null, long groups = 1)
                => s_conv3d.Invoke(input, weight, bias, strides ?? s_threeOnes, padding ?? s_threeZeros, dilation ?? s_threeOnes, groups);

            /// <summary>Transposed convolution of <c>(N, C, L)</c> with <c>(C, out / groups, k)</c>.</summary>
            public static Tensor conv_transpose1d(Tensor input, Tensor weight, Tensor? bias = null, long? stride = null, long? padding = null, long? output_padding = null, long? dilation = null, long groups = 1)
                => s_convTranspose1d.Invoke(input, weight, bias, One(stride, s_one), One(padding, s_zero), One(output_padding, s_zero), groups, One(dilation, s_one));

            /// <summary>Transposed convolution of <c>(N, C, H, W)</c> with <c>(C, out / groups, kh, kw)</c>.</summary>
            public static Tensor conv_transpose2d(Tensor input, Tensor weight, Tensor? bias = null, long[]? strides = null, long[]? padding = null, long[]? output_padding = null, long[]? dilation = null, long groups = 1)
                => s_convTranspose2d.Invoke(input, weight, bias, strides ?? s_ones, padding ?? s_zeros, output_padding ?? s_zeros, groups, dilation ?? s_ones);

            private static long[] One(long? given, long[] otherwise) => given is { } value ? [value] : otherwise;

            private static string Name(Padding padding) => padding == Padding.Same ? "same" : "valid";
        }
    }
}
