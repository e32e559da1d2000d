using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

/// <summary>Random damage to good files: each is read whole or refused with a RasterException, and memory stays bounded.</summary>
public sealed class RasterFuzzTests : RasterFolder
{
    private static readonly RasterLimits Small = new() { MaxBytes = 16 << 20 };

    [Theory]
    [InlineData("tif")]
    [InlineData("png")]
    [InlineData("jpg")]
    public void Random_damage_is_read_or_refused(string extension)
    {
        byte[] planes = [.. Enumerable.Range(0, 3 * 40 * 50).Select(i => (byte)(i * 7 + i / 50 * 3))];
        byte[] good = extension switch
        {
            "png" => Png.Encode(planes, 3, 40, 50),
            "jpg" => Jpeg.Encode(planes, 3, 40, 50),
            _ => File.ReadAllBytes(Put("good.tif", new RasterSpec { Width = 50, Height = 40, Bands = 3 }, planes)),
        };
        var random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 500; round++)
        {
            byte[] hurt = random.Next(5) == 0 ? good[..random.Next(1, good.Length)] : [.. good];
            for (int k = random.Next(1, 6); k > 0; k--)
            {
                // Headers come first, so half of the damage goes there.
                int at = random.Next(random.Next(2) == 0 ? Math.Min(200, hurt.Length) : hurt.Length);
                hurt[at] = random.Next(3) == 0 ? (byte)0xFF : (byte)random.Next(256);
            }

            File.WriteAllBytes(At("hurt." + extension), hurt);
            try
            {
                using var raster = Raster.Open(At("hurt." + extension), Small);
                if (raster.BandTypes.All(t => t == SampleType.UInt8))
                    raster.ReadArray<byte>();
            }
            catch (RasterException)
            {
                refused++;
            }
        }

        Assert.True(refused > 50, $"Only {refused} of 500 damaged files were refused: the damage does not reach what is checked.");
    }
}
