using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Heads;

/// <summary>The map averaged to several coarse grids, each mixed by a 1×1 convolution and resized back.</summary>
/// <remarks>Names <c>{i}.1.*</c>. Source: PSPNet (arXiv 1612.01105); mmsegmentation, <c>PPM</c>. In training the 1×1 grid
/// normalises over the N values of a batch: N must be at least 2.</remarks>
internal static class PyramidPooling
{
    public static ModuleList<Sequential> Make(int inChannels, int channels, int[] scales) =>
        new([.. scales.Select(scale =>
            nn.Sequential(("0", nn.AdaptiveAvgPool2d(scale)), ("1", new ConvNormAct(inChannels, channels, 1))))]);

    /// <summary>The input and the pooled maps, side by side along the channels.</summary>
    public static Tensor Concatenate(ModuleList<Sequential> modules, Tensor x) =>
        cat([x, .. modules.Select(module => Resizing.Bilinear(module.call(x), x.shape[2], x.shape[3]))], 1);

    /// <summary>Multiply-adds: one an input value for each average, the 1×1 convolutions, four an output value for each
    /// resize.</summary>
    public static double MultiplyAdds(int inChannels, int channels, int[] scales, long pixels) => scales.Sum(scale =>
        ((double)pixels * inChannels) + ((double)scale * scale * channels * (inChannels + 3)) + (4.0 * pixels * channels));
}
