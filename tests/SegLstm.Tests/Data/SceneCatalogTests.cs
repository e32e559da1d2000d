using SegLstm.Data;
using SegLstm.Data.Cbers;

namespace SegLstm.Tests.Data;

public sealed class SceneCatalogTests
{
    [Fact]
    public void The_scenes_are_listed() => Assert.Equal(
        ["olinda", "statlog", "globe", "synthetic-urban", "synthetic-rural", "cbers-1", "cbers-2", "cbers-3", "cbers-2b", "cbers-2b-pan"],
        SceneCatalog.Names);

    [Fact]
    public void An_unknown_scene_is_answered_with_the_list()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => SceneCatalog.LoadArrays("olindo"));
        Assert.Contains("olinda", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cbers", 3, 1009, 875)]
    [InlineData("cbers-2", 3, 1009, 838)]
    [InlineData("cbers-2b", 3, 351, 369)]
    [InlineData("cbers-2b-pan", 1, 2810, 2954)]
    public void Cbers_scenes_are_pictures_without_labels(string name, int bands, int height, int width)
    {
        Installed.File("cbers", "cbers_rgb342_crop1.tif");
        var scene = SceneCatalog.LoadArrays(name);
        Assert.Equal((bands, height, width), (scene.Bands, scene.Height, scene.Width));
        Assert.Null(scene.Labels);
        Assert.Equal(0, scene.Legend.Count);
        Assert.InRange(scene.Image.Average(), 10, 245);
        Assert.True(scene.GeoTransform!.Value.PixelWidth is 20 or 2.5);
    }

    [Fact]
    public void Every_scene_says_where_it_is_from_and_shows_bands_that_it_has()
    {
        foreach (string name in SceneCatalog.Names.Where(n => n != "globe" && n != "cbers-2b-pan"))
        {
            string dataset = name.Split('-')[0];
            if (dataset != "synthetic" && !Directory.Exists(Path.Combine(InstalledData.Root, dataset)))
                Assert.Skip($"{dataset} is not installed: bash environment/setup.sh");
            var scene = SceneCatalog.LoadArrays(name);
            Assert.NotEmpty(scene.Provenance);
            Assert.Equal(3, scene.DisplayBands.Count);
            Assert.All(scene.DisplayBands, b => Assert.InRange(b, 0, scene.Bands - 1));
            Assert.Equal((long)scene.Bands * scene.Pixels, scene.Image.Length);
            Assert.All(scene.Labels ?? [], l => Assert.True(l == 255 || l < scene.Legend.Count));
        }
    }

    [Fact]
    public void What_is_not_installed_is_named_with_the_remedy()
    {
        var error = Assert.Throws<FileNotFoundException>(() => InstalledData.File("olinda", "none.tif"));
        Assert.Contains("environment/setup.sh", error.Message, StringComparison.Ordinal);
    }
}
