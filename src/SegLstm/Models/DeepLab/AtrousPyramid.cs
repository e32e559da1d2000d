using SegLstm.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Models.DeepLab;

/// <summary>Five views of the coarse map side by side: a 1×1 convolution, three dilated 3×3, and the image's mean.</summary>
/// <remarks>
/// The mean stands last (in mmsegmentation's <c>ASPPHead</c> first). Names <c>_atrous_convolution{1..4}.{0,1}</c>,
/// <c>_image_pool.{1,2}</c>. In training the mean is normalised over the N images of a batch: N must be at least 2.
/// Source: DeepLabV3 (arXiv 1706.05587); GeoX-Lab/G-RSIM, <c>AsppModule</c>.
/// </remarks>
internal sealed class AtrousPyramid : nn.Module<Tensor, Tensor>
{
    private readonly Sequential _atrous_convolution1;
    private readonly Sequential _atrous_convolution2;
    private readonly Sequential _atrous_convolution3;
    private readonly Sequential _atrous_convolution4;
    private readonly Sequential _image_pool;
    private readonly (int In, int Out) channels;

    public AtrousPyramid(int inChannels, int outChannels, int[] rates, double momentum) : base(nameof(AtrousPyramid))
    {
        channels = (inChannels, outChannels);
        Sequential Dilated(int rate) => nn.Sequential(
            nn.Conv2d(inChannels, outChannels, 3, padding: rate, dilation: rate, bias: false),
            nn.BatchNorm2d(outChannels, momentum: momentum), nn.ReLU());
        _atrous_convolution1 = nn.Sequential(
            nn.Conv2d(inChannels, outChannels, 1, bias: false), nn.BatchNorm2d(outChannels, momentum: momentum), nn.ReLU());
        _atrous_convolution2 = Dilated(rates[0]);
        _atrous_convolution3 = Dilated(rates[1]);
        _atrous_convolution4 = Dilated(rates[2]);
        _image_pool = nn.Sequential(
            nn.AdaptiveAvgPool2d(1), nn.Conv2d(inChannels, outChannels, 1, bias: false),
            nn.BatchNorm2d(outChannels, momentum: momentum), nn.ReLU());
        RegisterComponents();
    }

    /// <summary><c>(N, in, h, w)</c> to <c>(N, 5·out, h, w)</c>.</summary>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var mean = Resizing.BilinearAligned(_image_pool.call(x), x.shape[2], x.shape[3]);
        return cat(
            [
                _atrous_convolution1.call(x), _atrous_convolution2.call(x), _atrous_convolution3.call(x),
                _atrous_convolution4.call(x), mean,
            ], 1).MoveToOuterDisposeScope();
    }

    /// <summary>Multiply-adds on a map of <paramref name="pixels"/> pixels: taps, three a value for norm and ReLU, the mean, and
    /// four a value for its resize.</summary>
    public double MultiplyAdds(long pixels)
    {
        var (inChannels, outChannels) = ((double)channels.In, (double)channels.Out);
        return (pixels * outChannels * ((28 * inChannels) + (4 * 3) + 4)) + (pixels * inChannels)
            + (outChannels * (inChannels + 3));
    }
}
