using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>The ways in which feature maps and logits change size here: bilinear, as mmsegmentation does unless told otherwise,
/// and with aligned corners where the authors (DPT, GLCNet) align them.</summary>
public static class Resizing
{
    /// <summary>Resizes <c>(N, C, h, w)</c> to <c>(N, C, height, width)</c> with align_corners false; a map that has the size
    /// already is returned as it is.</summary>
    public static Tensor Bilinear(Tensor x, long height, long width) => Resize(x, height, width, alignCorners: false);

    /// <summary>Resizes <c>(N, C, h, w)</c> to <c>(N, C, height, width)</c> with align_corners true: corner pixels keep their
    /// values. A map that has the size already is returned as it is.</summary>
    public static Tensor BilinearAligned(Tensor x, long height, long width) => Resize(x, height, width, alignCorners: true);

    private static Tensor Resize(Tensor x, long height, long width, bool alignCorners) =>
        x.shape[2] == height && x.shape[3] == width
            ? x
            : nn.functional.interpolate(x, [height, width], mode: InterpolationMode.Bilinear, align_corners: alignCorners);
}
