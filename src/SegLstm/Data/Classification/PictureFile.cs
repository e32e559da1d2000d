using SegLstm.Data.Pictures;
using SegLstm.Data.Rasters;

namespace SegLstm.Data.Classification;

/// <summary>
/// Reads pictures of red, green and blue, as photographs come: grey ones become three alike bands, transparency is left out.
/// </summary>
internal static class PictureFile
{
    /// <summary>Reads a part of a picture.</summary>
    /// <param name="path">The file.</param>
    /// <param name="choose">Says which window, of the picture's rows and columns.</param>
    /// <exception cref="RasterException">The file is damaged or no picture.</exception>
    /// <exception cref="InvalidDataException">It has samples of another kind.</exception>
    internal static ByteImage Read(string path, Func<int, int, Window> choose)
    {
        using Raster raster = Raster.Open(path);
        if (raster.Bands > 4 || raster.BandTypes.Any(type => type != SampleType.UInt8))
        {
            throw new InvalidDataException($"'{path}' has {raster.Bands} bands of {raster.BandTypes[0]}: expected a picture of 1 to 4 "
                + "bands of UInt8. Remove it, or save it as JPEG or PNG.");
        }

        Window window = choose(raster.Height, raster.Width);
        byte[] samples = raster.ReadArray<byte>(window);
        var image = new ByteImage(3, window.Height, window.Width);
        for (int band = 0; band < 3; band++)
        {
            var target = image.Band(band);
            samples.AsSpan((raster.Bands < 3 ? 0 : band) * image.Pixels, image.Pixels).CopyTo(target);
            if (raster is not { Bands: 1, ColorTable: { } table }) continue;
            foreach (ref byte sample in target)
            {
                Rgb color = table[Math.Min(sample, table.Count - 1)];
                sample = band switch { 0 => color.R, 1 => color.G, _ => color.B };
            }
        }

        return image;
    }
}
