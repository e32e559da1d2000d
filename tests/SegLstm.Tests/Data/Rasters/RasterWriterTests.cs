using SegLstm.Data;
using SegLstm.Data.Rasters;

namespace SegLstm.Tests.Data.Rasters;

public sealed class RasterWriterTests : RasterFolder
{
    [Fact]
    public void A_writer_given_up_leaves_the_old_file_and_no_other()
    {
        string path = Noise("map.tif", 50, 50);
        byte[] before = File.ReadAllBytes(path);
        using (var writer = RasterWriter.Create(path, new RasterSpec { Width = 50, Height = 50, CategoryNames = ["a", "b"] }))
            writer.Write<byte>(new byte[2500], new Window(0, 0, 50, 50));
        Assert.Equal(before, File.ReadAllBytes(path));
        Assert.Equal(["map.tif"], Names());
    }

    [Fact]
    public void Nothing_is_seen_under_the_name_before_it_is_committed()
    {
        using var writer = RasterWriter.Create(At("map.tif"), new RasterSpec { Width = 5, Height = 5 });
        writer.Write<byte>(new byte[25], new Window(0, 0, 5, 5));
        Assert.False(File.Exists(At("map.tif")));
        writer.Commit();
        Assert.True(File.Exists(At("map.tif")));
    }

    [Fact]
    public void Pixels_that_were_never_written_read_as_zeros_of_a_whole_file()
    {
        using (var writer = RasterWriter.Create(At("map.tif"), new RasterSpec { Width = 600, Height = 600 }))
        {
            writer.Write<byte>([7], new Window(599, 599, 1, 1));
            writer.Commit();
        }

        using var raster = Raster.Open(At("map.tif"));
        Assert.Equal(7, raster.ReadArray<byte>().Sum(v => v));
    }

    [Fact]
    public void A_constant_map_stays_within_the_default_limits()
    {
        string path = Put("map.tif", new RasterSpec { Width = 4096, Height = 4096, ColorTable = [new Rgb(1, 2, 3)] }, new byte[4096 * 4096]);
        using var raster = Raster.Open(path);
        Assert.Equal(4096, raster.Width);
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.Throws<DirectoryNotFoundException>(() => RasterWriter.Create(At("none/map.tif"), new RasterSpec { Width = 1, Height = 1 }));

    [Fact]
    public void A_virtual_target_is_refused() =>
        Refused(RasterError.ForbiddenName, () => RasterWriter.Create("/vsimem/map.tif", new RasterSpec { Width = 1, Height = 1 }));

    [Fact]
    public void All_contradictions_of_a_specification_are_told_at_once()
    {
        var spec = new RasterSpec { Width = 0, Height = 3, Bands = 2, ColorTable = [new Rgb(0, 0, 0)], BandNames = ["one"] };
        var error = Assert.Throws<ArgumentException>(() => RasterWriter.Create(At("map.tif"), spec));
        Assert.Contains("empty", error.Message, StringComparison.Ordinal);
        Assert.Contains("colour table", error.Message, StringComparison.Ordinal);
        Assert.Contains("1 band names for 2 bands", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Writing_outside_or_of_another_type_or_size_is_refused()
    {
        using var writer = RasterWriter.Create(At("map.tif"), new RasterSpec { Width = 5, Height = 5 });
        Refused(RasterError.BadWindow, () => writer.Write<byte>(new byte[4], new Window(4, 4, 2, 2)));
        Assert.Throws<ArgumentException>(() => writer.Write<byte>(new byte[5], new Window(0, 0, 2, 2)));
        Assert.Throws<ArgumentException>(() => writer.Write<short>(new short[4], new Window(0, 0, 2, 2)));
    }
}
