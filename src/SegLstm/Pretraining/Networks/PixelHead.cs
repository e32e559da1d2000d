using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SegLstm.Pretraining.Networks;

/// <summary>Paints an image from a feature map: a 1×1 convolution gives each place the pixels of its square, which are then put
/// in their places (SimMIM's head). Name <c>proj</c>.</summary>
internal sealed class PixelHead : nn.Module<Tensor, long, long, Tensor>
{
    private readonly Conv2d proj;
    private readonly int stride;

    /// <summary>Makes the head.</summary>
    /// <param name="channels">Channels of the map.</param>
    /// <param name="stride">Image pixels in a step of the map.</param>
    /// <param name="bands">Bands of the image.</param>
    public PixelHead(int channels, int stride, int bands) : base(nameof(PixelHead))
    {
        this.stride = stride;
        proj = nn.Conv2d(channels, bands * stride * stride, 1);
        RegisterComponents();
    }

    /// <summary>A map <c>(B, C, h, w)</c> to an image <c>(B, bands, height, width)</c>: what its squares reach beyond is cut
    /// off.</summary>
    public override Tensor forward(Tensor map, long height, long width)
    {
        using var scope = NewDisposeScope();
        var image = nn.functional.pixel_shuffle(proj.call(map), stride);
        return image.narrow(2, 0, height).narrow(3, 0, width).MoveToOuterDisposeScope();
    }
}
