using SegLstm.Data.Rasters;

namespace SegLstm.Data.Pictures;

/// <summary>An image of bytes in managed memory, band after band, row after row.</summary>
/// <param name="Samples">bands x height x width.</param>
/// <param name="Bands">Number of bands.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
internal sealed record ByteImage(byte[] Samples, int Bands, int Height, int Width)
{
    internal ByteImage(int bands, int height, int width)
        : this(new byte[bands * height * width], bands, height, width)
    {
    }

    internal int Pixels => Height * Width;

    internal Span<byte> Band(int band) => Samples.AsSpan(band * Pixels, Pixels);

    /// <summary>A copy of a window.</summary>
    internal ByteImage Crop(Window window)
    {
        var crop = new ByteImage(Bands, window.Height, window.Width);
        for (int band = 0; band < Bands; band++)
        {
            for (int row = 0; row < window.Height; row++)
            {
                Band(band).Slice((window.Y + row) * Width + window.X, window.Width)
                    .CopyTo(crop.Band(band).Slice(row * window.Width, window.Width));
            }
        }

        return crop;
    }
}
