using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Pictures;

/// <summary>
/// Resizes pictures of bytes bicubically, averaging over what falls together where they shrink, as the recipes of classification do:
/// libtorch's own kernel (a = -0.5, as Pillow's), rounded to whole levels once.
/// </summary>
internal static class BicubicResize
{
    /// <summary>The picture at another size.</summary>
    internal static ByteImage Of(ByteImage image, int height, int width)
    {
        if ((image.Height, image.Width) == (height, width)) return image;
        using var scope = NewDisposeScope();
        using var frozen = no_grad();
        Tensor source = tensor(Array.ConvertAll(image.Samples, sample => (float)sample), [1, image.Bands, image.Height, image.Width]);
        Tensor resized = nn.functional.interpolate(
            source, [height, width], mode: InterpolationMode.Bicubic, align_corners: false, antialias: true);
        return new ByteImage(resized.round().clamp(0, 255).to(ScalarType.Byte).data<byte>().ToArray(), image.Bands, height, width);
    }

    /// <summary>The picture as large as its shorter edge allows, and the middle of the longer one.</summary>
    internal static ByteImage CentreCrop(ByteImage image, int size)
    {
        int shorter = Math.Min(image.Height, image.Width);
        int height = (int)((long)size * image.Height / shorter), width = (int)((long)size * image.Width / shorter);
        return Of(image, height, width).Crop(new Window((width - size) / 2, (height - size) / 2, size, size));
    }
}
