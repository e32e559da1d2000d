using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_toColumns = new("aten::im2col"), s_fromColumns = new("aten::col2im");
            private static readonly Operator s_pixelShuffle = new("aten::pixel_shuffle"), s_pixelUnshuffle = new("aten::pixel_unshuffle");
            private static readonly Operator s_pad = new("aten::pad");
            private static readonly Operator s_oneHot = new("aten::one_hot");

            /// <summary>Cuts <c>(N, C, H, W)</c> into square patches, as columns: <c>(N, C k², patches)</c>.</summary>
            public static Tensor unfold(Tensor input, long kernel_size, long dilation = 1, long padding = 0, long stride = 1)
                => s_toColumns.Invoke(input, Square(kernel_size), Square(dilation), Square(padding), Square(stride));

            /// <summary>Cuts <c>(N, C, H, W)</c> into patches, as columns: <c>(N, C kh kw, patches)</c>.</summary>
            public static Tensor unfold(Tensor input, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null)
                => s_toColumns.Invoke(input, Pair(kernel_size, 1), Pair(dilation, 1), Pair(padding, 0), Pair(stride, 1));

            /// <summary>Adds square patches back up to a square image.</summary>
            public static Tensor fold(Tensor input, long output_size, long kernel_size, long dilation = 1, long padding = 0, long stride = 1)
                => s_fromColumns.Invoke(input, Square(output_size), Square(kernel_size), Square(dilation), Square(padding), Square(stride));

            /// <summary>Adds patches back up to an image.</summary>
            public static Tensor fold(Tensor input, (long, long) output_size, (long, long) kernel_size, (long, long)? dilation = null, (long, long)? padding = null, (long, long)? stride = null)
                => s_fromColumns.Invoke(input, Pair(output_size, 1), Pair(kernel_size, 1), Pair(dilation, 1), Pair(padding, 0), Pair(stride, 1));

            /// <summary><c>(N, C r², H, W)</c> to <c>(N, C, H r, W r)</c>.</summary>
            public static Tensor pixel_shuffle(Tensor input, long upscale_factor) => s_pixelShuffle.Invoke(input, upscale_factor);

            /// <summary><c>(N, C, H r, W r)</c> to <c>(N, C r², H, W)</c>.</summary>
            public static Tensor pixel_unshuffle(Tensor input, long downscale_factor) => s_pixelUnshuffle.Invoke(input, downscale_factor);

            /// <summary>Adds <paramref name="pad"/> elements: before and after the last dimension, then the one before it, and so on.</summary>
            public static Tensor pad(Tensor input, long[] pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => mode switch
                {
                    PaddingModes.Constant => s_pad.Invoke(input, pad, "constant", value),
                    PaddingModes.Zeros => s_pad.Invoke(input, pad, "constant", 0.0),
                    PaddingModes.Reflect => s_pad.Invoke(input, pad, "reflect"),
                    PaddingModes.Replicate => s_pad.Invoke(input, pad, "replicate"),
                    PaddingModes.Circular => s_pad.Invoke(input, pad, "circular"),
                    _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "This padding mode is not known."),
                };

            /// <inheritdoc cref="pad(Tensor, long[], PaddingModes, double)"/>
            public static Tensor pad(Tensor input, ReadOnlySpan<long> pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, pad.ToArray(), mode, value);

            /// <summary>Adds elements before and after the last dimension.</summary>
            public static Tensor pad(Tensor input, (long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, new[] { pad.Item1, pad.Item2 }, mode, value);

            /// <summary>Adds elements left, right, above and below.</summary>
            public static Tensor pad(Tensor input, (long, long, long, long) pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
                => functional.pad(input, new[] { pad.Item1, pad.Item2, pad.Item3, pad.Item4 }, mode, value);

            /// <summary>Adds the same number of elements at both ends of <b>every</b> dimension, batch and channels included.</summary>
            public static Tensor pad(Tensor input, long pad, PaddingModes mode = PaddingModes.Constant, double value = 0)
            {
                var all = new long[2 * input.dim()];
                Array.Fill(all, pad);
                return functional.pad(input, all, mode, value);
            }

            /// <summary>Int64 indices <c>(*)</c> to rows with a single one, <c>(*, classes)</c>; the classes are counted from the largest index where negative.</summary>
            public static Tensor one_hot(Tensor x, long num_classes = -1) => s_oneHot.Invoke(x, num_classes);
        }
    }
}
