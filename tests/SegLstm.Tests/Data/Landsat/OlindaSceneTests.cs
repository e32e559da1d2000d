using SegLstm.Data;
using SegLstm.Data.Landsat;

namespace SegLstm.Tests.Data.Landsat;

public sealed class OlindaSceneTests
{
    [Fact]
    public void Class_shares_are_the_published_ones()
    {
        var scene = Load();
        int[] counts = [.. Enumerable.Range(0, 4).Select(c => scene.Labels!.Count(l => l == c))];
        Assert.Equal([20_125, 39_242, 12_918, 50_563], counts);
        double[] published = [16.4, 31.9, 10.5, 41.2]; // water, vegetation, other, built or bare
        Assert.All(counts.Zip(published), pair => Assert.Equal(pair.Second, Math.Round(100.0 * pair.First / scene.Pixels, 1)));
    }

    [Fact]
    public void The_model_sees_the_visible_bands_only()
    {
        var scene = Load();
        Assert.Equal((3, 352, 349), (scene.Bands, scene.Height, scene.Width));
        Assert.Equal(3 * 352 * 349, scene.Image.Length);
        Assert.All(scene.BandNames, name => Assert.DoesNotContain("infrared", name, StringComparison.Ordinal));
        Assert.Contains("SIRGAS 2000 / UTM zone 25S", scene.Projection, StringComparison.Ordinal);
        Assert.InRange(scene.GeoTransform!.Value.PixelWidth, 28.499, 28.501);
    }

    [Theory]
    [InlineData(60, 40, 30, 20, 0)] // green far above short-wave infrared
    [InlineData(60, 40, 90, 60, 1)] // near infrared far above red
    [InlineData(60, 60, 50, 90, 3)] // short-wave above near infrared, no vegetation
    [InlineData(60, 48, 50, 90, 2)] // the same with a little vegetation
    [InlineData(60, 60, 60, 60, 2)]
    [InlineData(0, 0, 0, 0, 2)]
    public void The_rule_reads_as_documented(byte green, byte red, byte nearInfrared, byte shortWave, byte label) =>
        Assert.Equal(label, OlindaScene.Label(green, red, nearInfrared, shortWave));

    [Fact]
    public void Every_class_is_in_both_halves_of_the_usual_chessboard()
    {
        var scene = Load();
        var blocks = SpatialBlocks.Checkerboard(scene.Height, scene.Width, 44, 44);
        for (byte c = 0; c < 4; c++)
        {
            foreach (var split in new[] { Split.Train, Split.Test })
                Assert.Contains(blocks.Blocks(split), w => scene.Labels![(w.Y + w.Height / 2) * scene.Width + w.X + w.Width / 2] == c);
        }
    }

    private static SceneArrays Load()
    {
        Installed.File("olinda", "L7_ETMs.tif");
        return OlindaScene.Load();
    }
}
