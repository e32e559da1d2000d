using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads.Dpt;

/// <summary>Adds a finer map to the path from the coarse end, refines the sum and enlarges it.</summary>
/// <remarks>
/// The enlargement is bilinear with aligned corners. Names <c>resConfUnit1, resConfUnit2, out_conv</c>.
/// Source: RefineNet (arXiv 1611.06612); isl-org/lang-seg, <c>FeatureFusionBlock_custom</c>.
/// </remarks>
internal sealed class FeatureFusion : nn.Module<Tensor, Tensor?, (long Rows, long Columns)?, Tensor>
{
    private readonly ResidualConvUnit? resConfUnit1;
    private readonly ResidualConvUnit resConfUnit2;
    private readonly Conv2d out_conv;
    private readonly int features;

    /// <summary>Makes the block.</summary>
    /// <param name="features">Channels F.</param>
    /// <param name="batchNorm">Normalise inside the units.</param>
    /// <param name="fuses">There is a second input. Without, the unit for it has no use: the authors' checkpoints have one
    /// all the same.</param>
    public FeatureFusion(int features, bool batchNorm = true, bool fuses = true) : base(nameof(FeatureFusion))
    {
        this.features = features;
        resConfUnit1 = fuses ? new ResidualConvUnit(features, batchNorm) : null;
        resConfUnit2 = new ResidualConvUnit(features, batchNorm);
        out_conv = nn.Conv2d(features, features, 1);
        RegisterComponents();
    }

    /// <summary>Path and finer map of its size, <c>(N, F, h, w)</c>, to <c>(N, F, rows, columns)</c>; twice the size where
    /// <paramref name="size"/> is null.</summary>
    public override Tensor forward(Tensor path, Tensor? skip, (long Rows, long Columns)? size)
    {
        using var scope = NewDisposeScope();
        var x = skip is null ? path : path + resConfUnit1!.call(skip);
        x = resConfUnit2.call(x);
        var (rows, columns) = size ?? (2 * x.shape[2], 2 * x.shape[3]);
        return out_conv.call(Resizing.BilinearAligned(x, rows, columns)).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds for a map of <paramref name="pixels"/> pixels that becomes one of
    /// <paramref name="enlarged"/>.</summary>
    public double MultiplyAdds(long pixels, long enlarged) =>
        (resConfUnit1 is null ? 0 : resConfUnit1.MultiplyAdds(pixels) + (pixels * (double)features))
        + resConfUnit2.MultiplyAdds(pixels) + (enlarged * (double)features * (features + 5));
}
