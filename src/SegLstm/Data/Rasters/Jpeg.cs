using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Rasters;

/// <summary>Writes JPEG pictures; <see cref="Raster.Open"/> reads them. Never for labels: JPEG blurs.</summary>
public static class Jpeg
{
    /// <summary>Encodes a picture.</summary>
    /// <param name="planes">Samples, band after band, row after row.</param>
    /// <param name="bands">1 grey or 3 RGB.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="RasterException">It cannot be encoded.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> planes, int bands, int height, int width, int quality = 90)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return ImageEncoder.Encode("JPEG", planes, bands, height, width, null, $"QUALITY={quality}");
    }

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">uint8 (1 or 3, height, width), or (height, width).</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="ArgumentException">Another type or shape.</exception>
    public static byte[] Encode(Tensor image, int quality = 90)
    {
        using var scope = NewDisposeScope();
        var (planes, bands, height, width) = PicturePlanes.Of(image);
        return Encode(planes.bytes, bands, height, width, quality);
    }

    /// <summary>Writes a picture, atomically.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="image">uint8 (1 or 3, height, width), or (height, width).</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="ArgumentException">Another type or shape.</exception>
    public static void Write(string path, Tensor image, int quality = 90)
    {
        byte[] bytes = Encode(image, quality);
        AtomicFile.Write(RasterPath.Plain(path), stream => stream.Write(bytes));
    }
}
