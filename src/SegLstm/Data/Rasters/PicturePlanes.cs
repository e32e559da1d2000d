using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Rasters;

/// <summary>Brings a tensor into the layout that encoders take.</summary>
internal static class PicturePlanes
{
    /// <summary>The tensor on the CPU, contiguous, and its three sizes. Callers open a dispose scope around it.</summary>
    /// <exception cref="ArgumentException">Not uint8, or not (bands, height, width) with 1 to 4 bands.</exception>
    internal static (Tensor Planes, int Bands, int Height, int Width) Of(Tensor image)
    {
        ArgumentNullException.ThrowIfNull(image);
        long[] shape = image.shape.Length == 2 ? [1, .. image.shape] : image.shape;
        if (image.dtype != ScalarType.Byte || shape.Length != 3 || shape[0] is < 1 or > 4)
        {
            throw new ArgumentException(
                $"A picture is uint8 (1 to 4 bands, height, width); this is {image.dtype} ({string.Join(", ", image.shape)}). "
                + "Scale floating-point images to 0..255, round, clamp and convert them first.", nameof(image));
        }

        return (image.detach().cpu().contiguous(), (int)shape[0], checked((int)shape[1]), checked((int)shape[2]));
    }
}
