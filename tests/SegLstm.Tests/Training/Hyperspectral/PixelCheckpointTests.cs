using SegLstm.Checkpoints;
using SegLstm.Data.Hyperspectral.Windows;
using SegLstm.Data.Rasters;
using SegLstm.Models.Hyperspectral;
using SegLstm.Training.Hyperspectral;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Training.Hyperspectral;

public sealed class PixelCheckpointTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("seglstm-pixels-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Path(string name) => System.IO.Path.Combine(folder, name);

    private static PixelModelCard Card(string model, BandScale scale) => new()
    {
        Model = model, FileBands = 13, Bands = [.. Enumerable.Range(1, 11)], Mean = scale.Mean, Factor = scale.Factor,
        ClassNames = ["one", "two", "three", "four"], Palette = ["#0072B2", "#009E73", "#F0E442", "#D55E00"], Scene = "humps",
        Draw = "random 5 % #0",
    };

    [Theory]
    [InlineData("spectralmamba_patch")]
    [InlineData("cnn2d_patch")]
    public void A_network_names_the_same_classes_after_a_file(string name)
    {
        using var scope = NewDisposeScope();
        var (cube, _) = Cubes.Humps(12, 15, 11, 4);
        var scale = BandScale.Of(cube, [0, 50, 100]);
        var model = PixelClassifiers.Find(name).Create(11, 4);
        // Batch norms' statistics are of what it saw.
        using (no_grad()) model.call(randn(8, 11, 3, 3));
        model.eval();
        PixelCheckpoint.Save(Path("model.safetensors"), model, Card(name, scale));

        var (again, card) = PixelCheckpoint.Load(Path("model.safetensors"));

        Assert.Equal((name, 13, "humps"), (card.Model, card.FileBands, card.Scene));
        Assert.Equal(
            new PixelPredictor(model, scale).Map(cube),
            new PixelPredictor(again, BandScale.From(card.Mean, card.Factor)).Map(cube));
    }

    [Fact]
    public void A_map_lies_where_the_scene_lies_and_leaves_pixels_without_any_sample_out()
    {
        using var scope = NewDisposeScope();
        var (cube, labels) = Cubes.Humps(20, 30, 11, 4);
        cube.Samples.AsSpan(7 * 11, 11).Fill(float.NaN);
        cube.Samples[9 * 11] = float.NaN;
        var scale = BandScale.Of(cube, [0, 50, 100]);
        var model = PixelClassifiers.Find("spectralmamba_pixel").Create(11, 4);
        model.eval();
        var scene = new SegLstm.Data.Hyperspectral.HyperspectralScene
        {
            Name = "humps", Samples = cube.Samples, Height = 20, Width = 30, Bands = 11, Labels = new byte[600],
            SourceBands = [.. Enumerable.Range(0, 11)], DisplayBands = [0, 1, 2],
        };
        var place = new GeoTransform(500_000, 10, 0, 4_000_000, 0, -10);

        var counts = new PixelMapper(model, Card("spectralmamba_pixel", scale)).Map(new SceneRows(scene), place, "", Path("map.tif"));

        using var map = Raster.Open(Path("map.tif"));
        Assert.Equal(place, map.GeoTransform);
        Assert.Equal((255.0, 30, 20), (map.NoData!.Value, map.Width, map.Height));
        var classes = new byte[600];
        map.Read<byte>(new Window(0, 0, 30, 20), classes);
        Assert.Equal([7], Enumerable.Range(0, 600).Where(pixel => classes[pixel] == 255));
        Assert.Equal(new PixelPredictor(model, scale).Map(cube)[9], classes[9]);
        Assert.Equal([.. Enumerable.Range(0, 4).Select(c => (long)classes.Count(found => found == c)), 1], counts);
    }

    [Fact]
    public void A_file_without_a_card_or_with_one_that_contradicts_itself_is_refused_by_what_is_wrong()
    {
        using var scope = NewDisposeScope();
        var (cube, _) = Cubes.Humps(4, 4, 11, 4);
        var scale = BandScale.Of(cube, [0, 1]);
        var model = PixelClassifiers.Find("mlp_pixel").Create(11, 4);
        SafeTensors.Save(Path("bare.safetensors"), model.state_dict());
        Assert.Contains("spectral train", Assert.Throws<InvalidDataException>(() => PixelCheckpoint.Load(Path("bare.safetensors"))).Message);

        var card = Card("mlp_pixel", scale);
        foreach (var (wrong, word) in new[]
        {
            (card with { FileBands = 5 }, "beyond the 5"), (card with { Palette = ["#0072B2", "red", "#F0E442", "#D55E00"] }, "'red'"),
            (card with { Palette = [] }, "0 colours"), (card with { Mean = [1f] }, "1 means"),
            (card with { Model = "nothing" }, "'nothing'"), (card with { Model = "cnn1d_pixel" }, "does not fit"), (card with { Bands = null! }, "null"),
        })
        {
            PixelCheckpoint.Save(Path("wrong.safetensors"), model, wrong);
            Assert.Contains(word, Assert.Throws<InvalidDataException>(() => PixelCheckpoint.Load(Path("wrong.safetensors"))).Message);
        }
    }
}
