using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Layers;

/// <summary>The one way in which feature maps and logits change size here: bilinear, align_corners false.</summary>
public static class Resizing
{
    /// <summary>Resizes <c>(N, C, h, w)</c> to <c>(N, C, height, width)</c>; a map that has the size already is returned as it
    /// is.</summary>
    public static Tensor Bilinear(Tensor x, long height, long width) =>
        x.shape[2] == height && x.shape[3] == width
            ? x
            : nn.functional.interpolate(x, [height, width], mode: InterpolationMode.Bilinear, align_corners: false);
}
