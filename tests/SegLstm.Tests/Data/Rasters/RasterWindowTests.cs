using FsCheck;
using FsCheck.Fluent;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

public sealed class RasterWindowTests : RasterFolder
{
    private const int Columns = 530, Rows = 290, Planes = 3;

    [Fact]
    public void A_window_equals_the_crop_of_the_whole_image()
    {
        using var raster = Raster.Open(Noise("noise.tif", Columns, Rows, Planes));
        byte[] whole = raster.ReadArray<byte>();
        var windows =
            from x in Gen.Choose(0, Columns - 1)
            from y in Gen.Choose(0, Rows - 1)
            from width in Gen.Choose(1, Columns - x)
            from height in Gen.Choose(1, Rows - y)
            select new Window(x, y, width, height);
        Prop.ForAll(windows.ToArbitrary(), window => Crop(whole, window).AsSpan().SequenceEqual(raster.ReadArray<byte>(window)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(200));
    }

    [Fact]
    public void Windows_written_in_any_order_make_the_whole_image()
    {
        using var raster = Raster.Open(Noise("noise.tif", Columns, Rows, Planes));
        byte[] whole = raster.ReadArray<byte>();
        using (var writer = RasterWriter.Create(At("pieces.tif"), new RasterSpec { Width = Columns, Height = Rows, Bands = Planes }))
        {
            var pieces =
                from y in Enumerable.Range(0, (Rows + 99) / 100)
                from x in Enumerable.Range(0, (Columns + 99) / 100)
                select new Window(x * 100, y * 100, Math.Min(100, Columns - x * 100), Math.Min(100, Rows - y * 100));
            foreach (var piece in pieces.Reverse())
                writer.Write<byte>(Crop(whole, piece), piece);
            writer.Commit();
        }

        using var pieced = Raster.Open(At("pieces.tif"));
        Assert.Equal(whole, pieced.ReadArray<byte>());
    }

    [Fact]
    public void A_wider_type_is_read_on_request()
    {
        short[] values = [-32768, -1, 0, 1, 32767, 5];
        using var raster = Raster.Open(Put("short.tif", new RasterSpec { Width = 3, Height = 2, Type = SampleType.Int16 }, values));
        Assert.Equal([-32768, -1, 0, 1, 32767, 5], raster.ReadArray<int>());
        Assert.Equal([-32768f, -1, 0, 1, 32767, 5], raster.ReadArray<float>());
    }

    [Fact]
    public void Threads_may_share_a_raster()
    {
        using var raster = Raster.Open(Noise("noise.tif", Columns, Rows, Planes));
        byte[] whole = raster.ReadArray<byte>();
        Parallel.For(0, 64, i =>
        {
            var window = new Window(i * 7, i * 4, 50, 30);
            Assert.Equal(Crop(whole, window), raster.ReadArray<byte>(window));
        });
    }

    private static byte[] Crop(byte[] whole, Window w)
    {
        byte[] crop = new byte[Planes * w.Width * w.Height];
        for (int p = 0, at = 0; p < Planes; p++)
        {
            for (int y = 0; y < w.Height; y++, at += w.Width)
                Array.Copy(whole, ((p * Rows) + w.Y + y) * Columns + w.X, crop, at, w.Width);
        }

        return crop;
    }
}
