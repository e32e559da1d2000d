using SegLstm.Data.Arrays;
using SegLstm.Data.Hyperspectral;
using SegLstm.Data.Hyperspectral.Files;
using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Data.Rasters;
using SegLstm.Tests.Data.Arrays;
using SegLstm.Tests.Data.Arrays.Hdf5;
using SegLstm.Tests.Data.Arrays.Matlab;

namespace SegLstm.Tests.Data.Hyperspectral.Files;

/// <summary>A scene is the same from every format, and labels fit it or are refused.</summary>
public sealed class HyperspectralFileTests : ArrayFolder
{
    private static readonly HyperspectralScene Scene = HyperspectralSamples.Counted(4, 3, 6);

    [Theory]
    [InlineData("bsq")]
    [InlineData("bil")]
    [InlineData("bip")]
    public void ENVI_files_of_every_interleave_are_read_with_wavelengths_and_bad_bands(string interleave)
    {
        EnviFiles.Write(At("scene.dat"), Scene, interleave, "wavelength units = Micrometers",
            "wavelength = {0.4, 0.45, 0.5, 0.55, 0.6, 0.65}", "bbl = {1, 1, 0, 1, 1, 0}", "default bands = {6, 4, 1}");
        var read = HyperspectralFile.Read(At("scene.dat"));
        Assert.Equal(Scene.Samples, read.Samples);
        Assert.Equal((4, 3, 6, "scene"), (read.Height, read.Width, read.Bands, read.Name));
        Assert.Equal([400, 450, 500, 550, 600, 650], read.Wavelengths!, (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal([2, 5], read.DeclaredBadBands);
        Assert.Equal([5, 3, 0], read.DisplayBands);
        Assert.Equal([0, 1, 3, 4], SceneAudit.Of(read).Clean().SourceBands);
    }

    [Fact]
    public void GeoTIFF_takes_a_scene_and_its_wavelengths_there_and_back()
    {
        var scene = Scene with { Wavelengths = [400, 410.5, 421, 431.5, 442, 452.5], GeoTransform = new GeoTransform(1000, 2, 0, 5000,
            0, -2) };
        Assert.Equal(SampleType.UInt16, HyperspectralWriter.Write(scene, At("scene.tif")));
        HyperspectralWriter.WriteLabels(scene, At("labels.tif"));
        var read = HyperspectralFile.Read(At("scene.tif"), new HyperspectralReading { LabelPath = At("labels.tif") });
        Assert.Equal(scene.Samples, read.Samples);
        Assert.Equal(scene.Labels, read.Labels);
        Assert.Equal(scene.Wavelengths, read.Wavelengths);
        Assert.Equal(scene.GeoTransform, read.GeoTransform);

        var fractions = scene with { Samples = [.. scene.Samples.Select(sample => sample / 3)] };
        Assert.Equal(SampleType.Float32, HyperspectralWriter.Write(fractions, At("fractions.tif")));
        Assert.Equal(fractions.Samples, HyperspectralFile.Read(At("fractions.tif")).Samples);
    }

    [Fact]
    public void Rows_of_a_raster_are_the_scene_and_bands_can_be_chosen()
    {
        var tall = HyperspectralSamples.Counted(6, 5, 7);
        HyperspectralWriter.Write(tall, At("tall.tif"));
        using var rows = new RasterRows(At("tall.tif"));
        float[] two = new float[2 * 5 * 7];
        rows.Read(3, 2, two);
        Assert.Equal(tall.Samples[(3 * 35)..(5 * 35)], two);
        using var chosen = new RasterRows(At("tall.tif"), bands: [1, 6]);
        float[] some = new float[5 * 2];
        chosen.Read(2, 1, some);
        Assert.Equal(tall.WithBands([1, 6]).Samples[20..30], some);
        Assert.Throws<ArgumentException>(() => new RasterRows(At("tall.tif"), bands: [7]));
        Assert.Throws<ArgumentException>(() => rows.Read(5, 2, two));
    }

    [Fact]
    public void Pixels_without_data_are_not_taken_for_spectra()
    {
        var spec = new RasterSpec { Width = 2, Height = 1, Bands = 3, Type = SampleType.Int16, NoData = -9 };
        using (var writer = RasterWriter.Create(At("gaps.tif"), spec))
        {
            writer.Write<short>([-9, 1, -9, -9, -9, 3], new Window(0, 0, 2, 1));
            writer.Commit();
        }

        Assert.Equal([float.NaN, float.NaN, float.NaN, 1, -9, 3], HyperspectralFile.Read(At("gaps.tif")).Samples);
    }

    [Fact]
    public void A_MATLAB_file_gives_samples_and_labels_whatever_their_names()
    {
        var scene = HyperspectralFile.Read(Put("scene.mat", Mat(Scene).File()));
        scene.Validate();
        Assert.Equal(Scene.Samples, scene.Samples);
        Assert.Equal(Scene.Labels, scene.Labels);
        Assert.Equal(["class 1", "class 2", "class 3"], scene.ClassNames);
        Assert.Equal(Scene.Samples, HyperspectralFile.Read(Put("alone.mat", Mat(Scene).File()),
            new HyperspectralReading { Variable = "odd_name" }).Samples);
    }

    [Fact]
    public void MATLAB_7_3_and_bands_first_are_read_too()
    {
        var scene = HyperspectralFile.Read(Hdf5FileTests.Fixture("v73.mat"), new HyperspectralReading { LabelVariable = "labels" });
        Assert.Equal((5, 7, 6), (scene.Height, scene.Width, scene.Bands));
        Assert.Equal([6f, 7, 8, 9, 10, 11], scene.Spectrum(1).ToArray());
        Assert.Equal(3, scene.Classes);

        // bands x rows x columns, which only the labels tell.
        ushort[] stored = [.. from column in Enumerable.Range(0, 7) from row in Enumerable.Range(0, 6)
            from band in Enumerable.Range(0, 5) select (ushort)(100 * row + 10 * column + band)];
        string path = Put("first.mat", new MatBytes().Add("x", [5, 6, 7], stored).Add("y", [6, 7], new byte[42]).File());
        Assert.Equal([120f, 121, 122, 123, 124], HyperspectralFile.Read(path).Spectrum(1 * 7 + 2).ToArray());
        string alone = Put("alone.mat", new MatBytes().Add("x", [5, 6, 7], stored).File());
        Assert.Equal((5, 7), (HyperspectralFile.Read(alone).Height, HyperspectralFile.Read(alone).Bands));
        Assert.Equal((6, 5), (HyperspectralFile.Read(alone, new HyperspectralReading { BandAxis = BandAxis.First }).Height,
            HyperspectralFile.Read(alone, new HyperspectralReading { BandAxis = BandAxis.First }).Bands));
    }

    [Fact]
    public void A_picture_beside_the_samples_is_not_taken_for_them()
    {
        string path = Put("both.mat", Mat(Scene).Add("rgb", [8, 6, 3], new byte[144]).File());
        Assert.Equal(6, HyperspectralFile.Read(path).Bands);
    }

    [Fact]
    public void Finer_labels_are_counted_out()
    {
        // Cells of 2 x 2: three of class 2 and one of 1; half labelled; one in four labelled; tied.
        byte[] rowsFirst = [2, 2, 3, 3, 1, 0, 2, 1, 2, 1, 0, 0, 0, 0, 1, 2];
        byte[] stored = [.. from column in Enumerable.Range(0, 8) from row in Enumerable.Range(0, 2) select rowsFirst[row * 8 + column]];
        string path = Put("finer.mat", new MatBytes().Add("cube", [1, 4, 9], new float[36]).Add("fine", [2, 8], stored).File());
        Assert.Equal([2, 3, 0, 1], HyperspectralFile.Read(path).Labels);
    }

    [Fact]
    public void Labels_of_another_part_of_the_map_are_placed_by_their_coordinates()
    {
        var scene = Scene with { GeoTransform = new GeoTransform(100, 1, 0, 50, 0, -1) };
        HyperspectralWriter.Write(scene, At("image.tif"));
        // Half a pixel each, from column 1 and row 2 of the image on: 4 x 4 labels on 2 x 2 pixels.
        var labels = HyperspectralSamples.Of(new float[16], 4, 4, 1, [1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 0, 0, 3, 0, 0,
            1]) with { GeoTransform = new GeoTransform(101, 0.5, 0, 48, 0, -0.5) };
        HyperspectralWriter.WriteLabels(labels, At("part.tif"));
        var read = HyperspectralFile.Read(At("image.tif"), new HyperspectralReading { LabelPath = At("part.tif") });
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 3, 0], read.Labels);
    }

    [Fact]
    public void Labels_that_are_none_are_refused()
    {
        var bytes = new MatBytes().Add("cube", [2, 2, 5], new float[20]);
        string path = Put("cube.mat", bytes.File());
        HyperspectralReading With(string name, MatBytes labels) => new() { LabelPath = Put(name, labels.File()) };
        Assert.Contains("0.5 at row 1, column 0", Assert.Throws<InvalidDataException>(() => HyperspectralFile.Read(path, With("a.mat",
            new MatBytes().Add("l", [2, 2], new[] { 0, 0.5, 1, 1 })))).Message);
        Assert.Contains("3x2, the image is 2x2", Assert.Throws<InvalidDataException>(() => HyperspectralFile.Read(path, With("b.mat",
            new MatBytes().Add("l", [3, 2], new byte[6])))).Message);
        Assert.Throws<InvalidDataException>(() => HyperspectralFile.Read(path, With("c.mat", new MatBytes()
            .Add("l", [2, 2], new[] { 0, double.NaN, 1, 1 }))));
        Assert.Equal([0, 1, 0, 2], HyperspectralFile.Read(path, With("d.mat", new MatBytes()
            .Add("l", [2, 2], new double[] { -1, 0, 1, 2 }))).Labels);
        Assert.Contains("a (2x2 uint8), b (2x2 uint8)", Refused(ArrayFileError.Ambiguous, () => HyperspectralFile.Read(Put("two.mat",
            bytes.Add("a", [2, 2], new byte[4]).Add("b", [2, 2], new byte[4]).File()))).Message);
    }

    [Fact]
    public void More_labels_than_names_are_told()
    {
        var legend = new SegLstm.Data.ClassLegend(("one", default));
        var scene = HyperspectralFile.Read(Put("scene.mat", Mat(Scene).File()), new HyperspectralReading { Legend = legend });
        Assert.Equal(3, scene.Classes);
        Assert.Contains("labels go up to 3, but 1", Assert.Single(scene.Warnings));
    }

    internal static MatBytes Mat(HyperspectralScene scene)
    {
        float[] stored = [.. from band in Enumerable.Range(0, scene.Bands) from column in Enumerable.Range(0, scene.Width)
            from row in Enumerable.Range(0, scene.Height)
            select scene.Samples[((row * scene.Width + column) * scene.Bands) + band]];
        byte[] labels = [.. from column in Enumerable.Range(0, scene.Width) from row in Enumerable.Range(0, scene.Height)
            select scene.Labels[row * scene.Width + column]];
        return new MatBytes().Add("odd_name", [scene.Height, scene.Width, scene.Bands], stored, isCompressed: true)
            .Add("gt", [scene.Height, scene.Width], labels);
    }
}
