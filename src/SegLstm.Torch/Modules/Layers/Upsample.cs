using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Modules;

/// <summary>Resizes feature maps to a size or by a factor.</summary>
public sealed class Upsample : Module<Tensor, Tensor>
{
    private readonly long[]? _size;
    private readonly double[]? _scaleFactor;

    internal Upsample(long[]? size, double[]? scale_factor, UpsampleMode mode, bool? align_corners, bool? recompute_scale_factor)
        : base(nameof(Upsample))
    {
        (_size, _scaleFactor) = (size, scale_factor);
        (this.mode, this.align_corners, this.recompute_scale_factor) = (mode, align_corners, recompute_scale_factor);
    }

    /// <summary>The output's size, or empty where a factor is given.</summary>
    public ReadOnlySpan<long> size => _size;

    /// <summary>The factor, one for all dimensions or one each, or empty where a size is given.</summary>
    public ReadOnlySpan<double> scale_factor => _scaleFactor;

    /// <summary>How values between pixels are found.</summary>
    public UpsampleMode mode { get; }

    /// <summary>Whether corner pixels' centres, rather than their outer corners, are aligned.</summary>
    public bool? align_corners { get; }

    /// <summary>Whether the factor is recomputed from the rounded output size.</summary>
    public bool? recompute_scale_factor { get; set; }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
        => functional.interpolate(input, _size, _scaleFactor, (InterpolationMode)mode, align_corners, recompute_scale_factor ?? false);
}
