using SegLstm.Data;
using SegLstm.Data.Rasters;
using SegLstm.Workbook.Images;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Workbook.Tests.Images;

public class PngTests
{
    [Fact]
    public void What_is_painted_is_what_a_reader_sees()
    {
        var picture = new RgbImage(3, 2);
        picture[2, 1] = new Rgb(1, 2, 3);
        picture[0, 1] = new Rgb(250, 251, 252);
        string path = Path.Combine(Path.GetTempPath(), $"seglstm-{Guid.NewGuid():N}.png");
        try
        {
            File.WriteAllBytes(path, picture.ToPng());
            using var scope = NewDisposeScope();
            using var raster = Raster.Open(path);

            Assert.Equal((3, 2, 3), (raster.Width, raster.Height, raster.Bands));
            Assert.Equal(picture.Planes.ToArray(), raster.Read().to_type(ScalarType.Byte).contiguous().data<byte>().ToArray());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
