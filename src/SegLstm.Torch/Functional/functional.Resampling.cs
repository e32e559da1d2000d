using SegLstm.Torch;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            private static readonly Operator s_gridSample = new("aten::grid_sampler");
            private static readonly Operator s_affineGrid = new("aten::affine_grid_generator");
            private static readonly Operator s_bilinear = new("aten::upsample_bilinear2d", "vec"), s_bilinearSmooth = new("aten::_upsample_bilinear2d_aa", "vec");
            private static readonly Operator s_bicubic = new("aten::upsample_bicubic2d", "vec"), s_bicubicSmooth = new("aten::_upsample_bicubic2d_aa", "vec");
            private static readonly Operator s_linear1d = new("aten::upsample_linear1d", "vec"), s_trilinear = new("aten::upsample_trilinear3d", "vec");
            private static readonly Operator s_adaptiveAvgPool3d = new("aten::adaptive_avg_pool3d");
            private static readonly Operator[] s_nearest =
                [new("aten::upsample_nearest1d", "vec"), new("aten::upsample_nearest2d", "vec"), new("aten::upsample_nearest3d", "vec")];
            private static readonly Operator[] s_nearestExact =
                [new("aten::_upsample_nearest_exact1d", "vec"), new("aten::_upsample_nearest_exact2d", "vec"), new("aten::_upsample_nearest_exact3d", "vec")];

            /// <summary>Resizes <c>(N, C, *)</c> to a size or by a factor.</summary>
            /// <param name="x">One to three spatial dimensions, as the mode wants.</param>
            /// <param name="size">The output's spatial size, one number for all dimensions or one each; or null.</param>
            /// <param name="scale_factor">The factor, one for all dimensions or one each; or null.</param>
            /// <param name="mode">How values between pixels are found.</param>
            /// <param name="align_corners">Whether corner pixels' centres, rather than their outer corners, are aligned; linear and cubic modes only.</param>
            /// <param name="recompute_scale_factor">Whether the factor is recomputed from the rounded output size.</param>
            /// <param name="antialias">Whether shrinking averages over the pixels that fall together; bilinear and bicubic only.</param>
            /// <exception cref="ArgumentException">The arguments do not fit each other or the input's dimensions.</exception>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var space = (int)x.dim() - 2;
                if (space is < 1 or > 3) throw new ArgumentException($"interpolate takes (N, C, L), (N, C, H, W) or (N, C, D, H, W); got an input of shape ({string.Join(", ", x.shape)}).", nameof(x));
                if (size is null == scale_factor is null) throw new ArgumentException("interpolate takes either size or scale_factor, and not both.");
                var kernel = ResizerFor(mode, space, antialias);
                var blends = mode is InterpolationMode.Linear or InterpolationMode.Bilinear or InterpolationMode.Bicubic or InterpolationMode.Trilinear;
                if (align_corners is not null && !blends) throw new ArgumentException($"align_corners has a meaning for linear, bilinear, bicubic and trilinear only; got it with {mode}.", nameof(align_corners));
                if (recompute_scale_factor && size is not null) throw new ArgumentException("recompute_scale_factor has no meaning where size is given.", nameof(recompute_scale_factor));

                var sizes = PerDimension(size, space, nameof(size));
                var scales = PerDimension(scale_factor, space, nameof(scale_factor));
                if (scales is not null && (recompute_scale_factor || mode == InterpolationMode.Area))
                {
                    sizes = new long[space];
                    for (var k = 0; k < space; k++) sizes[k] = (long)Math.Floor(x.size(k + 2) * scales[k]);
                    scales = null;
                }
                if (mode == InterpolationMode.Area) return kernel.Invoke(x, sizes);
                return blends ? kernel.Invoke(x, sizes, align_corners ?? false, scales) : kernel.Invoke(x, sizes, scales);
            }

            /// <summary>Resizes bilinearly.</summary>
            public static Tensor upsample_bilinear(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false)
                => interpolate(x, size, scale_factor, InterpolationMode.Bilinear, align_corners);

            /// <summary>Resizes by the nearest pixel.</summary>
            public static Tensor upsample_nearest(Tensor x, long[]? size = null, double[]? scale_factor = null, bool align_corners = false)
                => interpolate(x, size, scale_factor, InterpolationMode.Nearest, align_corners ? true : null);

            /// <summary>Samples <c>(N, C, H, W)</c> at the places of <c>(N, h, w, 2)</c>: x and y from -1 to 1 across the image.</summary>
            /// <param name="input">The images.</param>
            /// <param name="grid">The places.</param>
            /// <param name="mode">How values between pixels are found.</param>
            /// <param name="padding_mode">What lies outside.</param>
            /// <param name="align_corners">Whether -1 and 1 are the centres of the corner pixels rather than their outer corners; no where null.</param>
            public static Tensor grid_sample(Tensor input, Tensor grid, GridSampleMode mode = GridSampleMode.Bilinear, GridSamplePaddingMode padding_mode = GridSamplePaddingMode.Zeros, bool? align_corners = null)
            {
                // libtorch numbers modes and paddings otherwise than the enums do.
                var interpolation = mode == GridSampleMode.Bilinear ? 0 : 1;
                var outside = padding_mode switch { GridSamplePaddingMode.Zeros => 0, GridSamplePaddingMode.Border => 1, _ => 2 };
                return s_gridSample.Invoke(input, grid, interpolation, outside, align_corners ?? false);
            }

            /// <summary>The places that an affine map <c>(N, 2, 3)</c> sends the pixels of an output of <paramref name="size"/> (N, C, H, W) to.</summary>
            public static Tensor affine_grid(Tensor theta, long[]? size = null, bool align_corners = false)
                => s_affineGrid.Invoke(theta, size ?? throw new ArgumentNullException(nameof(size), "affine_grid needs the output's size (N, C, H, W)."), align_corners);

            private static Operator ResizerFor(InterpolationMode mode, int space, bool antialias)
            {
                if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic))
                    throw new ArgumentException($"antialias is for bilinear and bicubic only; got {mode}.", nameof(antialias));
                return (mode, space) switch
                {
                    (InterpolationMode.Nearest, _) => s_nearest[space - 1],
                    (InterpolationMode.NearestExact, _) => s_nearestExact[space - 1],
                    (InterpolationMode.Linear, 1) => s_linear1d,
                    (InterpolationMode.Bilinear, 2) => antialias ? s_bilinearSmooth : s_bilinear,
                    (InterpolationMode.Bicubic, 2) => antialias ? s_bicubicSmooth : s_bicubic,
                    (InterpolationMode.Trilinear, 3) => s_trilinear,
                    (InterpolationMode.Area, _) => space == 1 ? s_adaptiveAvgPool1d : space == 2 ? s_adaptiveAvgPool2d : s_adaptiveAvgPool3d,
                    _ => throw new ArgumentException($"{mode} does not fit an input with {space} spatial dimensions: linear takes one, bilinear and bicubic take two, trilinear takes three.", nameof(mode)),
                };
            }

            private static T[]? PerDimension<T>(T[]? given, int space, string what)
            {
                if (given is null || given.Length == space) return given;
                if (given.Length != 1) throw new ArgumentException($"{what} takes one number or {space}, one a spatial dimension; got {given.Length}.", what);
                var all = new T[space];
                Array.Fill(all, given[0]);
                return all;
            }
        }
    }
}
