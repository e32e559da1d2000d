using SegLstm.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace SegLstm.Tests.Data;

public sealed class SceneTests
{
    [Fact]
    public void A_scene_becomes_tensors_and_arrays_again_unchanged()
    {
        Installed.File("statlog", "Satellite.xdr");
        var arrays = SceneCatalog.LoadArrays("statlog");
        using var scene = arrays.ToScene();
        Assert.Equal([4, 82, 100], scene.Image.shape);
        Assert.Equal([82, 100], scene.Label!.shape);
        Assert.Equal((ScalarType.Float32, ScalarType.Int64, ScalarType.Bool), (scene.Image.dtype, scene.Label.dtype, scene.Known!.dtype));
        var again = SceneArrays.Of(scene);
        Assert.Equal(arrays.Image, again.Image);
        Assert.Equal(arrays.Labels, again.Labels);
        Assert.Equal(arrays.Known, again.Known);
        Assert.Equal(470, scene.Known.logical_not().sum().item<long>());
    }

    [Fact]
    public void A_scene_without_labels_has_no_label_tensor()
    {
        Installed.File("cbers", "cbers2b_rgb342_crop.tif");
        using var scene = SceneCatalog.Load("cbers-2b");
        Assert.Null(scene.Label);
        Assert.Equal((3, 351, 369), (scene.Bands, scene.Height, scene.Width));
        Assert.Throws<ArgumentException>(() => new TileDataset(
            scene, SceneCatalog.Blocks(scene), Split.Train, new TileOptions { Size = 32 }));
    }

    [Fact]
    public void Labels_outside_a_byte_are_refused()
    {
        using var scene = new Scene
        {
            Name = "wrong", Image = zeros(1, 2, 2), Label = tensor(new long[] { 0, 1, 2, 300 }).view(2, 2), BandNames = ["one"],
            DisplayBands = [0, 0, 0], Legend = ClassLegend.None, Provenance = "test",
        };
        Assert.Contains("300", Assert.Throws<ArgumentException>(() => SceneArrays.Of(scene)).Message, StringComparison.Ordinal);
    }
}
