using SegLstm.Data;
using SegLstm.Data.Synthetic;

namespace SegLstm.Tests.Data.Synthetic;

public sealed class SyntheticSceneTests
{
    private static readonly Lazy<SceneArrays> Urban = new(() => SyntheticScene.Make(700, 800, SceneDomain.Urban, 1));
    private static readonly Lazy<SceneArrays> Rural = new(() => SyntheticScene.Make(700, 800, SceneDomain.Rural, 1));

    [Fact]
    public void The_same_seed_makes_the_same_scene_and_another_seed_another()
    {
        var again = SyntheticScene.Make(700, 800, SceneDomain.Urban, 1);
        Assert.Equal(Urban.Value.Image, again.Image);
        Assert.Equal(Urban.Value.Labels, again.Labels);
        Assert.NotEqual(Urban.Value.Labels, SyntheticScene.Make(700, 800, SceneDomain.Urban, 2).Labels);
    }

    [Fact]
    public void A_larger_scene_continues_a_smaller_one()
    {
        var small = SyntheticScene.Make(50, 60, SceneDomain.Rural, 1);
        for (int y = 0; y < 50; y++)
        {
            for (int x = 0; x < 60; x++)
                Assert.Equal(Rural.Value.Labels![y * 800 + x], small.Labels![y * 60 + x]);
        }
    }

    [Theory]
    [InlineData(SceneDomain.Urban)]
    [InlineData(SceneDomain.Rural)]
    public void All_seven_classes_of_LoveDA_are_there(SceneDomain domain)
    {
        Assert.Equal(["background", "building", "road", "water", "barren", "forest", "agriculture"], SyntheticScene.Legend.Names);
        byte[] labels = new AerialLayout(1024, 1024, domain, seed: 1).Class;
        for (byte c = 0; c < 7; c++)
            Assert.True(labels.Count(l => l == c) > 2000, $"{domain}: {SyntheticScene.Legend.Names[c]} {labels.Count(l => l == c)}");
    }

    [Fact]
    public void Town_and_country_differ_in_their_classes_as_in_LoveDA()
    {
        Assert.True(Share(Urban.Value, 1) > 5 * Share(Rural.Value, 1), "buildings");
        Assert.True(Share(Urban.Value, 2) > 2 * Share(Rural.Value, 2), "roads");
        Assert.True(Share(Rural.Value, 6) > 5 * Share(Urban.Value, 6), "agriculture");
        Assert.True(Share(Rural.Value, 5) > Share(Urban.Value, 5), "forest");
    }

    [Fact]
    public void Town_and_country_differ_in_looks_too()
    {
        foreach (byte c in new byte[] { 1, 2, 5 })
        {
            double distance = Enumerable.Range(0, 3).Max(band => Math.Abs(Mean(Urban.Value, c, band) - Mean(Rural.Value, c, band)));
            Assert.True(distance > 8, $"{SyntheticScene.Legend.Names[c]}: {distance:F1}");
        }
    }

    [Fact]
    public void One_colour_does_not_tell_the_classes_apart()
    {
        // The nearest class mean must be wrong often: shadows, textures and shared colours are what context is needed for.
        var scene = Urban.Value;
        double[][] means = [.. Enumerable.Range(0, 7).Select(c => Enumerable.Range(0, 3).Select(b => Mean(scene, (byte)c, b)).ToArray())];
        int right = 0, count = 0;
        for (int i = 0; i < scene.Pixels; i += 5, count++)
        {
            int nearest = Enumerable.Range(0, 7).MinBy(c => Enumerable.Range(0, 3).Sum(b => Math.Pow(scene.Image[b * scene.Pixels + i] - means[c][b], 2)));
            right += nearest == scene.Labels![i] ? 1 : 0;
        }

        Assert.InRange((double)right / count, 0.35, 0.85);
    }

    [Fact]
    public void Samples_are_whole_numbers_of_a_byte()
    {
        Assert.All(Rural.Value.Image, v => Assert.True(v is >= 0 and <= 255 && v == MathF.Floor(v)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyntheticScene.Make(0, 10, SceneDomain.Urban, 1));
    }

    private static double Share(SceneArrays scene, byte label) => scene.Labels!.Count(l => l == label) / (double)scene.Pixels;

    private static double Mean(SceneArrays scene, byte label, int band) =>
        Enumerable.Range(0, scene.Pixels).Where(i => scene.Labels![i] == label).Average(i => scene.Image[band * scene.Pixels + i]);
}
