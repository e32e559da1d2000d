using SegLstm.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Data.Rasters;

/// <summary>Writes PNG pictures; <see cref="Raster.Open"/> reads them.</summary>
public static class Png
{
    /// <summary>Encodes a picture.</summary>
    /// <param name="planes">Samples, band after band, row after row.</param>
    /// <param name="bands">1 grey (or class numbers with a palette), 2 grey and alpha, 3 RGB, 4 RGBA.</param>
    /// <param name="height">Rows.</param>
    /// <param name="width">Columns.</param>
    /// <param name="palette">The colour of each value of a one-band picture, or null.</param>
    /// <exception cref="RasterException">It cannot be encoded.</exception>
    public static byte[] Encode(ReadOnlySpan<byte> planes, int bands, int height, int width, IReadOnlyList<Rgb>? palette = null) =>
        ImageEncoder.Encode("PNG", planes, bands, height, width, palette, "ZLEVEL=6");

    /// <summary>Encodes a picture.</summary>
    /// <param name="image">uint8 (bands, height, width), or (height, width).</param>
    /// <param name="palette">The colour of each value of a one-band picture, or null.</param>
    /// <exception cref="ArgumentException">Another type or shape.</exception>
    public static byte[] Encode(Tensor image, IReadOnlyList<Rgb>? palette = null)
    {
        using var scope = NewDisposeScope();
        var (planes, bands, height, width) = PicturePlanes.Of(image);
        return Encode(planes.bytes, bands, height, width, palette);
    }

    /// <summary>Writes a picture, atomically.</summary>
    /// <param name="path">The file; its folder exists.</param>
    /// <param name="image">uint8 (bands, height, width), or (height, width).</param>
    /// <param name="palette">The colour of each value of a one-band picture, or null.</param>
    /// <exception cref="ArgumentException">Another type or shape.</exception>
    public static void Write(string path, Tensor image, IReadOnlyList<Rgb>? palette = null)
    {
        byte[] bytes = Encode(image, palette);
        AtomicFile.Write(RasterPath.Plain(path), stream => stream.Write(bytes));
    }
}
