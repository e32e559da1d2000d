using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Maxima of square windows.</summary>
        public static MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false)
            => new MaxPool2d(Square(kernel_size), SquareOrNull(stride), SquareOrNull(padding), SquareOrNull(dilation), ceil_mode);

        /// <summary>Maxima of windows.</summary>
        public static MaxPool2d MaxPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, (long, long)? dilation = null, bool ceil_mode = false)
            => new MaxPool2d(Pair(kernel_size, 1), PairOrNull(stride), PairOrNull(padding), PairOrNull(dilation), ceil_mode);

        /// <summary>Maxima of windows.</summary>
        public static MaxPool2d MaxPool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null, long[]? dilation = null, bool ceil_mode = false)
            => new MaxPool2d(kernel_size, stride, padding, dilation, ceil_mode);

        /// <summary>Means of windows.</summary>
        public static AvgPool2d AvgPool2d(long[] kernel_size, long[]? stride = null, long[]? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
            => new AvgPool2d(kernel_size, stride, padding, ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means of windows.</summary>
        public static AvgPool2d AvgPool2d((long, long) kernel_size, (long, long)? stride = null, (long, long)? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
            => new AvgPool2d(Pair(kernel_size, 1), PairOrNull(stride), PairOrNull(padding), ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means of square windows.</summary>
        public static AvgPool2d AvgPool2d(long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null)
            => new AvgPool2d(Square(kernel_size), SquareOrNull(stride), SquareOrNull(padding), ceil_mode, count_include_pad, divisor_override);

        /// <summary>Means over windows chosen for a wanted output length.</summary>
        public static AdaptiveAvgPool1d AdaptiveAvgPool1d(long output_size) => new AdaptiveAvgPool1d(output_size);

        /// <summary>Means over windows chosen for a wanted output size.</summary>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long[] output_size) => new AdaptiveAvgPool2d(output_size);

        /// <summary>Means over windows chosen for a wanted output size.</summary>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d((long, long) output_size) => new AdaptiveAvgPool2d(Pair(output_size, 1));

        /// <summary>Means over windows chosen for a wanted square output.</summary>
        public static AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new AdaptiveAvgPool2d(Square(output_size));

        /// <summary>Maxima over windows chosen for a wanted output size.</summary>
        public static AdaptiveMaxPool2d AdaptiveMaxPool2d(long[] output_size) => new AdaptiveMaxPool2d(output_size);

        private static long[]? SquareOrNull(long? side) => side is { } given ? Square(given) : null;

        private static long[]? PairOrNull((long, long)? pair) => pair is { } given ? [given.Item1, given.Item2] : null;
    }
}
