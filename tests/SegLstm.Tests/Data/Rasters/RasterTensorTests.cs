using SegLstm.Data;
using SegLstm.Data.Rasters;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data.Rasters;

public sealed class RasterTensorTests : RasterFolder
{
    [Theory]
    [InlineData(SampleType.UInt8, ScalarType.Byte)]
    [InlineData(SampleType.Int8, ScalarType.Int8)]
    [InlineData(SampleType.Int16, ScalarType.Int16)]
    [InlineData(SampleType.UInt16, ScalarType.Int32)]
    [InlineData(SampleType.Int32, ScalarType.Int32)]
    [InlineData(SampleType.UInt32, ScalarType.Int64)]
    [InlineData(SampleType.Int64, ScalarType.Int64)]
    [InlineData(SampleType.Float32, ScalarType.Float32)]
    [InlineData(SampleType.Float64, ScalarType.Float64)]
    public void Each_type_is_read_as_the_tensor_type_that_holds_it(SampleType stored, ScalarType expected)
    {
        using var scope = NewDisposeScope();
        using (var writer = RasterWriter.Create(At("a.tif"), new RasterSpec { Width = 3, Height = 2, Bands = 2, Type = stored }))
            writer.Commit();
        using var raster = Raster.Open(At("a.tif"));
        Tensor values = raster.Read();
        Assert.Equal(expected, values.dtype);
        Assert.Equal([2, 2, 3], values.shape);
    }

    [Fact]
    public void Tensors_come_back_as_they_were_written()
    {
        using var scope = NewDisposeScope();
        Tensor values = arange(0, 2 * 40 * 30, dtype: ScalarType.Float32).view(2, 40, 30) / 7;
        RasterWriter.WriteGeoTiff(At("a.tif"), new RasterSpec { Width = 30, Height = 40, Bands = 2, Type = SampleType.Float32 }, values);
        using var raster = Raster.Open(At("a.tif"));
        Assert.True(raster.Read().eq(values).all().item<bool>());
        Tensor window = raster.Read(new Window(5, 7, 11, 13));
        Assert.True(window.eq(values.narrow(1, 7, 13).narrow(2, 5, 11)).all().item<bool>());
        Assert.Equal(ScalarType.Float64, raster.Read(dtype: ScalarType.Float64).dtype);
    }

    [Fact]
    public void Class_numbers_of_a_wider_type_are_narrowed_if_they_fit_and_refused_if_not()
    {
        using var scope = NewDisposeScope();
        var spec = new RasterSpec { Width = 2, Height = 2 };
        RasterWriter.WriteGeoTiff(At("a.tif"), spec, tensor(new long[] { 0, 1, 2, 255 }).view(2, 2));
        using (var raster = Raster.Open(At("a.tif")))
            Assert.Equal([0, 1, 2, 255], raster.ReadArray<byte>());
        var error = Assert.Throws<ArgumentException>(() => RasterWriter.WriteGeoTiff(At("b.tif"), spec, tensor(new long[] { 0, 1, 2, 256 }).view(2, 2)));
        Assert.Contains("256", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => RasterWriter.WriteGeoTiff(At("b.tif"), spec, zeros(2, 2)));
        Assert.Throws<ArgumentException>(() => RasterWriter.WriteGeoTiff(At("b.tif"), spec, zeros(3, 2, 2, dtype: ScalarType.Byte)));
        Assert.Equal(["a.tif"], Names());
    }

    [Fact]
    public void Strided_tensors_are_written_in_their_order()
    {
        using var scope = NewDisposeScope();
        Tensor turned = arange(0, 6, dtype: ScalarType.Byte).view(2, 3).t();
        Png.Write(At("a.png"), turned);
        using var raster = Raster.Open(At("a.png"));
        Assert.Equal([0, 3, 1, 4, 2, 5], raster.ReadArray<byte>());
    }

    [Fact]
    public void Pictures_are_bytes()
    {
        using var scope = NewDisposeScope();
        Jpeg.Write(At("a.jpg"), full(3, 16, 16, 90, dtype: ScalarType.Byte));
        using var raster = Raster.Open(At("a.jpg"));
        Assert.InRange(raster.Read(dtype: ScalarType.Float32).mean().item<float>(), 88, 92);
        Assert.Throws<ArgumentException>(() => Png.Encode(zeros(3, 4, 4)));
        Assert.Throws<ArgumentException>(() => Png.Encode(zeros(5, 4, 4, dtype: ScalarType.Byte)));
    }

    [Fact]
    public void A_palette_picture_is_written_from_class_numbers()
    {
        using var scope = NewDisposeScope();
        Png.Write(At("a.png"), tensor(new byte[] { 0, 1, 1, 0 }).view(2, 2), [new Rgb(1, 2, 3), new Rgb(4, 5, 6)]);
        using var raster = Raster.Open(At("a.png"));
        Assert.Equal([new Rgb(1, 2, 3), new Rgb(4, 5, 6)], raster.ColorTable!.Take(2));
    }

    [Fact]
    public void A_type_that_no_raster_has_is_refused()
    {
        using var raster = Raster.Open(Noise("a.tif", 4, 4));
        Refused(RasterError.Narrowing, () => raster.Read(dtype: ScalarType.Bool).Dispose());
        Refused(RasterError.Narrowing, () => raster.Read(dtype: ScalarType.Float16).Dispose());
    }
}
